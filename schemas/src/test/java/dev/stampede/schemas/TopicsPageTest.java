package dev.stampede.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas for readers in other languages, one file each, and the page about the topics. */
class TopicsPageTest {
    private static final Path FILES = Path.of("topics");
    private static final Path PAGE = Path.of("..", "docs", "reference", "topics.md");
    private static final String HOW =
            "write it again with ./mvnw -pl schemas test -Dtest=TopicsPageTest" + " -Dstampede.regenerate=true";

    static List<Schema> schemas() {
        return TopicsPage.RECORDS;
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("schemas")
    void everyRecordHasASample(Schema schema) throws IOException {
        assertThat(TopicsPage.sample(schema)).isNotEmpty();
    }

    @Test
    void thePageHasTheFieldsOfAllRecords() throws IOException {
        if (Boolean.getBoolean("stampede.regenerate")) {
            Files.writeString(PAGE, TopicsPage.text());
        }
        assertThat(PAGE).as("docs/reference/topics.md; " + HOW).hasContent(TopicsPage.text());
    }
}
