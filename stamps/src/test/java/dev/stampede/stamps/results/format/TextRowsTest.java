package dev.stampede.stamps.results.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.stampede.stamps.error.FileAccessException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of text as the parser of the tables divides them, byte by byte. */
class TextRowsTest {
    private static final List<String> PIECES =
            List.of("a", "5\"", ",", ",", "\n", "\r\n", "\"x\ny\"", "\"p,\"\"q\"\"\"", "ü");
    private static final int TEXTS = 2000;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void findsTheRowsAndCellsThatTheParserFinds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path file = folder.resolve("text.csv");
        int compared = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            List<Integer> expected = parse(text);
            if (!expected.isEmpty()) {
                Files.writeString(file, text);
                assertThat(cells(file)).as("text '%s'", text).isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(TEXTS / 3);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** The cells of each row; nothing if the parser rejects the text, such as one with a letter after a closing quote. */
    private static List<Integer> parse(String text) {
        CsvFactory factory = CsvFactory.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build();
        List<Integer> rows = new ArrayList<>();
        try (CsvParser parser = factory.createParser(text)) {
            parser.setSchema(CsvSchema.emptySchema());
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                int cells = 0;
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    cells++;
                }
                rows.add(cells);
            }
            return rows;
        } catch (IOException rejected) {
            return List.of();
        }
    }

    private static List<Integer> cells(Path file) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        List<Integer> cells = new ArrayList<>();
        try (TextRows rows = new TextRows(file, 0, ',')) {
            while (rows.next()) {
                rows.writeContent(copy);
                rows.writeEnd(copy);
                if (!rows.isBlank()) {
                    cells.add(rows.cells());
                }
            }
        }
        assertThat(copy.toByteArray()).isEqualTo(Files.readAllBytes(file));
        return cells;
    }

    @Test
    void ignoresQuotesInComments() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ecsv"), "# a \"\n# b\na \"b\n\"\n1 2\n");
        assertThat(TextRows.count(file, 2, ' ')).isEqualTo(2);
    }

    @Test
    void reportsAMissingFile() {
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> TextRows.count(folder.resolve("absent.csv"), 0, ','))
                .withMessageContaining("there is no such file");
    }
}
