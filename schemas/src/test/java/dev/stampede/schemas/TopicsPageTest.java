package dev.stampede.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas for readers in other languages, one file each, and the page with their fingerprints and fields. */
class TopicsPageTest {
    private static final Path FILES = Path.of("topics");
    private static final Path PAGE = Path.of("..", "docs", "fields.md");
    private static final String HOW =
            "write it again with ./mvnw -pl schemas test -Dtest=TopicsPageTest" + " -Dstampede.regenerate=true";

    private static final String HEAD = """
            # Topics and fields

            Generated from the schemas. JSON and CSV of all commands and the API of the [live page](live-page.md) use the same
            names. How to read a topic from [Python, Node or Java](read-classifications.md).

            ## Fingerprints

            A value begins with C3 01 and the eight bytes of its schema's fingerprint, CRC-64-AVRO, little-endian, as here.

            | topics | schema | first ten bytes |
            | --- | --- | --- |
            """;

    private static final Map<Schema, String> TOPICS = new LinkedHashMap<>();

    static {
        TOPICS.put(Classification.getClassSchema(), "`classifications`, `explanations`, `shadow-classifications`");
        TOPICS.put(StampAlert.getClassSchema(), "`alerts`, `injections`");
        TOPICS.put(Label.getClassSchema(), "`labels`");
        TOPICS.put(ModelRelease.getClassSchema(), "`models`");
    }

    static List<Schema> schemas() {
        return List.copyOf(TOPICS.keySet());
    }

    private static String json(Schema schema) {
        return SchemaFormatter.format("json/pretty", schema);
    }

    private static Path file(Schema schema) {
        return FILES.resolve(schema.getName() + ".avsc");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void theFileOfATopicIsItsSchemaWithoutReferences(Schema schema) throws IOException {
        if (Boolean.getBoolean("stampede.regenerate")) {
            Files.createDirectories(FILES);
            Files.writeString(file(schema), json(schema) + "\n");
        }
        assertThat(file(schema)).as(HOW).hasContent(json(schema));
        // A parser that knows no other schema can read it.
        Schema alone = new Schema.Parser().parse(Files.readString(file(schema)));
        assertThat(SchemaNormalization.parsingFingerprint64(alone))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
    }

    @Test
    void thePageListsFingerprintsAndFields() throws IOException {
        if (Boolean.getBoolean("stampede.regenerate")) {
            Files.writeString(PAGE, page());
        }
        assertThat(PAGE).as("docs/fields.md; " + HOW).hasContent(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        TOPICS.forEach((schema, topics) -> page.append("| ")
                .append(topics)
                .append(" | [`")
                .append(schema.getName())
                .append("`](../schemas/topics/")
                .append(schema.getName())
                .append(".avsc) | `C3 01 ")
                .append(fingerprint(schema))
                .append("` |\n"));
        TOPICS.keySet().forEach(schema -> appendFields(page, "## ", schema));
        return page.toString();
    }

    private static String fingerprint(Schema schema) {
        try {
            // Avro returns the bytes in the order in which they are written.
            return HexFormat.ofDelimiter(" ")
                    .withUpperCase()
                    .formatHex(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void appendFields(StringBuilder page, String heading, Schema schema) {
        page.append('\n')
                .append(heading)
                .append(schema.getName())
                .append("\n\n")
                .append(schema.getDoc());
        page.append("\n\n| field | type | meaning |\n| --- | --- | --- |\n");
        for (Schema.Field field : schema.getFields()) {
            page.append("| `")
                    .append(field.name())
                    .append("` | ")
                    .append(type(field.schema()))
                    .append(" | ")
                    .append(field.doc())
                    .append(" |\n");
        }
        for (Schema.Field field : schema.getFields()) {
            Schema nested = content(field.schema());
            if (nested.getType() == Schema.Type.RECORD) {
                appendFields(page, "### ", nested);
            }
        }
    }

    /** The type without null and array. */
    private static Schema content(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                content(schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
            case ARRAY -> content(schema.getElementType());
            default -> schema;
        };
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().map(TopicsPageTest::type).collect(Collectors.joining(" or "));
            case ARRAY -> "array of " + type(schema.getElementType());
            case RECORD -> schema.getName();
            case ENUM -> String.join(", ", schema.getEnumSymbols());
            default ->
                schema.getLogicalType() == null
                        ? schema.getType().getName()
                        : schema.getLogicalType().getName();
        };
    }
}
