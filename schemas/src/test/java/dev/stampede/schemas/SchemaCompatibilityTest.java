package dev.stampede.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.INCOMPATIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A reader of today must read what every released version wrote. Releasing a schema means copying it to the next folder
 * of {@code src/test/resources/released}.
 */
class SchemaCompatibilityTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");
    private static final List<Schema> CURRENT = List.of(
            StampAlert.getClassSchema(),
            Classification.getClassSchema(),
            Label.getClassSchema(),
            ModelRelease.getClassSchema());

    static Stream<Schema> current() {
        return CURRENT.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("current")
    void readsWhatEveryReleasedVersionWrote(Schema schema) throws IOException {
        try (Stream<Path> versions = Files.list(RELEASED)) {
            assertThat(versions.sorted()).isNotEmpty().allSatisfy(version -> {
                Schema released = parse(version, schema);
                assertThat(compatibility(schema, released))
                        .as(version.toString())
                        .isEqualTo(COMPATIBLE);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("current")
    void wouldCatchAFieldAddedWithoutADefault(Schema schema) {
        Schema extended = Schema.createRecord(
                schema.getName(),
                schema.getDoc(),
                schema.getNamespace(),
                false,
                Stream.concat(
                                schema.getFields().stream().map(field -> new Schema.Field(field, field.schema())),
                                Stream.of(new Schema.Field("added", Schema.create(Schema.Type.INT), "new")))
                        .toList());
        assertThat(compatibility(extended, schema)).isEqualTo(INCOMPATIBLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("current")
    void saysOfEveryFieldWhatItIs(Schema schema) {
        assertThat(undocumented(schema)).isEmpty();
    }

    private static List<String> undocumented(Schema schema) {
        return switch (schema.getType()) {
            case RECORD ->
                schema.getFields().stream()
                        .flatMap(field -> Stream.concat(
                                field.doc() == null || field.doc().isBlank()
                                        ? Stream.of(schema.getName() + "." + field.name())
                                        : Stream.of(),
                                undocumented(field.schema()).stream()))
                        .toList();
            case ARRAY -> undocumented(schema.getElementType());
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(type -> undocumented(type).stream())
                        .toList();
            default -> List.of();
        };
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
    }

    private static Schema parse(Path version, Schema named) {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(version)) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                parser.parse(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parser.getParsedNamedSchemas().stream()
                .filter(schema -> schema.getFullName().equals(named.getFullName()))
                .findFirst()
                .orElseThrow();
    }
}
