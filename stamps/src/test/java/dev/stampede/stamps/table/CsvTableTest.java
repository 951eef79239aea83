package dev.stampede.stamps.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.table.CsvTable.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @TempDir
    private Path folder;

    private CsvTable read(String text, Charset charset, String... required) throws IOException {
        return CsvTable.read(Files.write(folder.resolve("t.csv"), text.getBytes(charset)), required);
    }

    private static List<List<String>> cells(CsvTable table) {
        return table.rows().stream()
                .map(row -> table.columns().stream().map(row::cell).toList())
                .toList();
    }

    @Test
    void readsCellsByTheNameOfTheirColumn() throws IOException {
        CsvTable table = read("id, value\n a ,1.5\n\n  \nb,x\nc,\n", UTF_8, "value");
        assertThat(table.columns()).containsExactly("id", "value");
        assertThat(cells(table)).containsExactly(List.of("a", "1.5"), List.of("b", "x"), List.of("c", ""));
        assertThat(table.rows()).extracting(Row::line).containsExactly(2, 5, 6);
        assertThat(table.rows()).extracting(row -> row.number("value")).containsExactly(1.5, Double.NaN, Double.NaN);
        assertThat(table.rows().get(0).cell("absent")).isEmpty();
    }

    @Test
    void readsQuotesLineBreaksInCellsCrlfAndAByteOrderMark() throws IOException {
        CsvTable table = read(
                "\uFEFFid,comment\r\na, \"round, \"\"nice\"\" one\" \r\nb,\"two\r\nlines\"\r\n\u00e9,\"\"\r\n", UTF_8);
        assertThat(cells(table))
                .containsExactly(
                        List.of("a", "round, \"nice\" one"), List.of("b", "two\r\nlines"), List.of("\u00e9", ""));
        assertThat(table.rows()).extracting(Row::toString).allMatch(place -> place.contains("t.csv line "));
        assertThat(table.rows()).extracting(Row::line).containsExactly(2, 3, 5);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            a,b;1,2;1    | line 3 has 1 cells, but the header has 2
            a,b;1,2,3    | line 2 has 3 cells, but the header has 2
            a,b;1,2;"x,3 | line 3: Missing closing quote
            a,b;"x"y,2   | line 2: Unexpected character
            a,c;1,2      | line 1 has no column 'b'; the columns are [a, c]
            a,b,a;1,2,3  | line 1 has a column name twice
            ;;           | is empty
            """)
    void namesFileAndLine(String lines, String message) {
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> read(lines.replace(';', '\n'), UTF_8, "a", "b"))
                .withMessageContaining("t.csv")
                .withMessageContaining(message);
    }

    @Test
    void namesASeparatorThatIsNoComma() {
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> read("a;b\n1;2\n", UTF_8, "a", "b"))
                .withMessageEndingWith("t.csv line 1 separates its columns by ';'; save it with commas");
    }

    @Test
    void namesTheCell() throws IOException {
        Row row = read("a,b\n1,x\n", UTF_8).rows().get(0);
        assertThat(row.invalid("b", "is not a number"))
                .hasMessageEndingWith("t.csv line 2, column b: 'x' is not a number");
    }

    @Test
    void namesAnotherEncoding() {
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> read("\uFEFFa,b\n", UTF_16LE))
                .withMessageEndingWith("t.csv is in UTF-16; save it as UTF-8");
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> read("a,b\n", StandardCharsets.UTF_16BE))
                .withMessageContaining("UTF-16");
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> read("\u00e9,b\n", ISO_8859_1))
                .withMessageContaining("is not in UTF-8");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(InvalidTableException.class)
                .isThrownBy(() -> CsvTable.read(folder.resolve("absent.csv")))
                .withMessageContaining("absent.csv");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyTextGivesATableOrTheExceptionOfTheReader(long seed) throws IOException {
        Random random = new Random(seed);
        String letters = ",\"\n\r a\u00e9\0#\\;\t";
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, letters.length()).forEach(place -> text.append(letters.charAt(place)));
            try {
                CsvTable table = read(text.toString(), UTF_8);
                assertThat(cells(table))
                        .allMatch(cells -> cells.size() == table.columns().size());
            } catch (InvalidTableException e) {
                assertThat(e).hasMessageContaining("t.csv");
            }
        }
    }
}
