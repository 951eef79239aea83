package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.format.RowGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files of pyarrow, whose columns are read with their levels before and after. */
class ParquetAnnotatorTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/results");
    private static final Annotation REAL = new Annotation("REAL", 0.75f, "", "tiny 1");

    @TempDir
    private Path folder;

    /** The values of each column with their levels, a list for each row. */
    private static Map<String, List<List<String>>> columns(Path file) {
        Map<String, List<List<String>>> columns = new LinkedHashMap<>();
        try (ParquetTable table = ParquetTable.open(file)) {
            for (RowGroup group : table.footer().getRow_groups()) {
                ColumnReadStoreImpl store = table.readers(group);
                for (ColumnDescriptor column : table.message().getColumns()) {
                    ColumnReader reader = store.getColumnReader(column);
                    List<List<String>> rows =
                            columns.computeIfAbsent(String.join(".", column.getPath()), name -> new ArrayList<>());
                    for (long row = 0; row < group.getNum_rows(); row++) {
                        rows.add(row(reader));
                    }
                }
            }
        }
        return columns;
    }

    private static List<String> row(ColumnReader reader) {
        List<String> values = new ArrayList<>();
        do {
            values.add(value(reader));
            reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0);
        return values;
    }

    private static String value(ColumnReader reader) {
        int definition = reader.getCurrentDefinitionLevel();
        String value = definition < reader.getDescriptor().getMaxDefinitionLevel()
                ? "absent"
                : switch (reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 -> String.valueOf(reader.getInteger());
                    case INT64 -> String.valueOf(reader.getLong());
                    case FLOAT -> String.valueOf(reader.getFloat());
                    case DOUBLE -> String.valueOf(reader.getDouble());
                    case BOOLEAN -> String.valueOf(reader.getBoolean());
                    default -> new String(reader.getBinary().getBytes(), ISO_8859_1);
                };
        return reader.getCurrentRepetitionLevel() + " " + definition + " " + value;
    }

    private Path annotated(Path table, List<Integer> skipped) throws IOException {
        Path out = folder.resolve("out.parquet");
        try (SeekableByteChannel stream = Files.newByteChannel(out, CREATE, TRUNCATE_EXISTING, WRITE);
                TableAnnotator annotator = ParquetAnnotator.begin(table, stream)) {
            for (int row = 0; row < annotator.rows(); row++) {
                if (skipped.contains(row)) {
                    annotator.skip();
                } else {
                    annotator.keep(row == 4 ? new Annotation("ABSTAIN", Float.NaN, "BLANK", "tiny 1") : REAL);
                }
            }
            annotator.end();
        }
        return out;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"nested", "astropy", "v2_zstd", "gzip", "plain", "split"})
    void copiesTheValuesOfAllColumnsWithTheirLevels(String name) throws IOException {
        Path table = EXAMPLES.resolve(name + ".parquet");
        Map<String, List<List<String>>> expected = columns(table);
        Map<String, List<List<String>>> actual = columns(annotated(table, List.of()));
        assertThat(actual.get("stampede_verdict")).hasSize(7).contains(List.of("0 1 ABSTAIN"));
        assertThat(actual.get("stampede_probability")).contains(List.of("0 1 0.75"), List.of("0 0 absent"));
        assertThat(actual.get("stampede_reason")).contains(List.of("0 1 BLANK"), List.of("0 1 "));
        actual.keySet().removeIf(column -> column.startsWith("stampede_"));
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void leavesOutTheRowsThatAreSkippedAndGroupsWithoutRows() throws IOException {
        Path table = EXAMPLES.resolve("nested.parquet");
        Map<String, List<List<String>>> expected = columns(table);
        expected.values().forEach(rows -> rows.subList(1, 6).clear());
        Map<String, List<List<String>>> actual = columns(annotated(table, List.of(1, 2, 3, 4, 5)));
        assertThat(actual.get("stampede_model")).hasSize(2);
        actual.keySet().removeIf(column -> column.startsWith("stampede_"));
        assertThat(actual).isEqualTo(expected);
        try (ParquetTable written = ParquetTable.open(folder.resolve("out.parquet"))) {
            assertThat(written.footer().getRow_groups())
                    .extracting(RowGroup::getNum_rows)
                    .containsExactly(1L, 1L);
        }
    }

    @Test
    void refusesADamagedSchemaOfArrowBeforeTheFirstRow() throws IOException {
        String bytes = Files.readString(EXAMPLES.resolve("nested.parquet"), ISO_8859_1);
        Path table = folder.resolve("damaged.parquet");
        Files.writeString(table, bytes.replace("/////", "!!!!!"), ISO_8859_1); // its first bytes in base64
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> annotated(table, List.of()))
                .withMessageStartingWith(table + " has a damaged ARROW:schema")
                .withMessageContaining("write it again with pyarrow");
    }

    @ParameterizedTest(name = "{0} more rows")
    @CsvSource({"-1, has 1 more rows than candidates", "1, has fewer rows than candidates"})
    void refusesAnotherNumberOfRows(int more, String message) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(folder.resolve("out.parquet"), CREATE, WRITE);
                TableAnnotator annotator = ParquetAnnotator.begin(EXAMPLES.resolve("plain.parquet"), out)) {
            assertThatExceptionOfType(ResultsFormatException.class)
                    .isThrownBy(() -> {
                        for (int row = 0; row < annotator.rows() + more; row++) {
                            annotator.keep(REAL);
                        }
                        annotator.end();
                    })
                    .withMessageContaining(message);
        }
    }
}
