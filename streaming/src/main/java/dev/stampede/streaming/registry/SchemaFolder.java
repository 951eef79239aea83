package dev.stampede.streaming.registry;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * Schemas in a folder, as Rubin publishes them: {@code MAJOR/MINOR/*.avsc}, one record per file, the outermost named
 * {@code alert}. The id of a schema is 100 MAJOR + MINOR. All files are read at the start.
 */
public final class SchemaFolder implements SchemaSource {
    private static final int IDS_PER_MAJOR = 100;
    private static final String ALERT = "alert";

    private final Map<Integer, Schema> schemas;

    private SchemaFolder(Map<Integer, Schema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    /**
     * Reads every schema in {@code folder}.
     *
     * @throws InvalidInputException if there is none, or one that cannot be read
     */
    public static SchemaFolder read(Path folder) {
        Map<Integer, Schema> schemas = new HashMap<>();
        try {
            for (Path major : numbered(folder)) {
                for (Path minor : numbered(major)) {
                    schemas.put(IDS_PER_MAJOR * number(major) + number(minor), alert(minor));
                }
            }
        } catch (IOException | AvroRuntimeException e) {
            throw new InvalidInputException("Cannot read the schemas in " + folder + ": " + FailureReason.of(e), e);
        }
        if (schemas.isEmpty()) {
            throw new InvalidInputException("No schema MAJOR/MINOR/*.avsc found in " + folder);
        }
        return new SchemaFolder(schemas);
    }

    private static List<Path> numbered(Path folder) throws IOException {
        try (Stream<Path> inner = Files.list(folder)) {
            return inner.filter(path -> path.getFileName().toString().matches("\\d{1,5}"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static int number(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    private static Schema alert(Path folder) throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avsc"))
                    .sorted()
                    .toList()) {
                parser.parse(file);
            }
        }
        return parser.getParsedNamedSchemas().stream()
                .filter(schema -> schema.getName().equals(ALERT))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("No schema in " + folder + " is named " + ALERT));
    }

    @Override
    public Optional<Schema> find(SchemaId id) {
        return id instanceof SchemaId.Numbered number
                ? Optional.ofNullable(schemas.get(number.id()))
                : Optional.empty();
    }
}
