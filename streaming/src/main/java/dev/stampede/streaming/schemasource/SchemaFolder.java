package dev.stampede.streaming.schemasource;

import dev.stampede.stamps.terminal.CommandFailure;
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
 * Schemas in a folder, as Rubin publishes them: {@code MAJOR/MINOR/*.avsc}, one record a file, the outermost named
 * {@code alert}. The number of a schema is 100 MAJOR + MINOR. All are read once.
 */
public final class SchemaFolder implements SchemaSource {
    private static final int IDS_OF_A_MAJOR = 100;
    private static final String OUTERMOST = "alert";

    private final Map<Integer, Schema> schemas;

    private SchemaFolder(Map<Integer, Schema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    /**
     * Reads every schema in {@code folder}.
     *
     * @throws CommandFailure if there is none, or one that cannot be read
     */
    public static SchemaFolder read(Path folder) {
        Map<Integer, Schema> schemas = new HashMap<>();
        try {
            for (Path major : numbered(folder)) {
                for (Path minor : numbered(major)) {
                    schemas.put(IDS_OF_A_MAJOR * number(major) + number(minor), alert(minor));
                }
            }
        } catch (IOException | AvroRuntimeException e) {
            throw CommandFailure.usage("Cannot read the schemas in " + folder + ": " + e);
        }
        if (schemas.isEmpty()) {
            throw CommandFailure.usage("There is no schema MAJOR/MINOR/*.avsc in " + folder);
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
                .filter(schema -> schema.getName().equals(OUTERMOST))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("No schema in " + folder + " is named " + OUTERMOST));
    }

    @Override
    public Optional<Schema> byId(int id) {
        return Optional.ofNullable(schemas.get(id));
    }
}
