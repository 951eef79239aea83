package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Candidates of a KBMOD search in every format that it writes, with the shipped model. */
class KbmodResultsTest {
    /** What half a step of RICE, 0.005 of noise of about 1, changes in a probability. */
    private static final float QUANTISATION = 0.01f;

    @TempDir
    private Path folder;

    private static Path file(String name) {
        return RealData.folder("kbmod/formats").resolve(name);
    }

    private static List<JsonNode> classify(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of("classify", "--json"));
        all.addAll(List.of(arguments));
        CommandOutput output = CommandOutput.by(all.toArray());
        assertThat(output.err()).isEmpty();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "results.parquet, coadd_median, 23, 0",
        "results.hdf5, coadd_median, 23, 0",
        "results.ecsv, coadd_median, 12, 0",
        "separate.ecsv, coadd_median, 23, " + QUANTISATION,
        "separate_coadd_median.fits, coadd_median, 23, " + QUANTISATION,
        "results.parquet, coadd_mean, 23, 0",
        "results.hdf5, coadd_mean, 23, 0",
        "results.ecsv, coadd_mean, 12, 0",
        "separate.ecsv, coadd_mean, 23, " + QUANTISATION,
        "separate_coadd_mean.fits, coadd_mean, 23, " + QUANTISATION,
    })
    void allFormatsGiveTheVerdictsOfTheArrayAndTheIds(String name, String column, int rows, float tolerance)
            throws IOException {
        List<CsvTable.Row> expected = CsvTable.read(file("expected.csv")).rows();
        List<JsonNode> array = classify(file(column + ".npy"));
        List<JsonNode> table = classify(file(name), "--column", column);
        assertThat(table).hasSize(rows);
        for (int i = 0; i < rows; i++) {
            assertThat(table.get(i).get("alertId").asText())
                    .isEqualTo(expected.get(i).cell("uuid"));
            assertThat(table.get(i).get("verdict"))
                    .as("row %d", i)
                    .isEqualTo(array.get(i).get("verdict"));
            assertThat(table.get(i).get("probability").floatValue())
                    .as("row %d", i)
                    .isCloseTo(array.get(i).get("probability").floatValue(), within(tolerance));
        }
    }

    @Test
    void theDefaultIsTheCoaddThatTheModelLooksAt() throws IOException {
        assertThat(classify(file("results.parquet")))
                .isEqualTo(classify(file("results.parquet"), "--column", "coadd_median"))
                .isNotEqualTo(classify(file("results.parquet"), "--coadd", "mean"));
    }

    @Test
    void theTableOfKbmodsOwnTestsHasItsStampAndItsExposures() throws IOException {
        Path results = RealData.folder("kbmod").resolve("results.ecsv");
        assertThat(classify(results)).isNotEmpty().isEqualTo(classify(results, "--column", "stamp"));
        assertThat(classify(results, "--coadd-exposures", "lower-median")).hasSameSizeAs(classify(results));
    }

    @Test
    void explainsACandidateOfATable() {
        CommandOutput output = CommandOutput.by("explain", file("results.hdf5"), "--index", "1,3", "--json");
        assertThat(output.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("\"alertId\":\"b7bab2f464a84f3da490473f072b93af\"");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"expected.csv", "results.parquet"})
    void aTableGivesIdsToTheStampsOfAnArray(String table) throws IOException {
        List<JsonNode> lines = classify(file("coadd_median.npy"), "--table", named(table), "--columns", "alertId=uuid");
        assertThat(lines).hasSize(23);
        assertThat(lines.get(22).get("alertId").asText())
                .isEqualTo(CsvTable.read(file("expected.csv")).rows().get(22).cell("uuid"));
    }

    /** A table of comma-separated values may have only fields of alerts. */
    private Path named(String table) throws IOException {
        if (!table.endsWith(".csv")) {
            return file(table);
        }
        StringBuilder text = new StringBuilder("uuid,likelihood\n");
        CsvTable.read(file(table))
                .rows()
                .forEach(row -> text.append(row.cell("uuid") + "," + row.cell("likelihood") + "\n"));
        return Files.writeString(folder.resolve("fields.csv"), text);
    }

    @Test
    void refusesATableWithAnotherNumberOfRows() {
        CommandOutput output = CommandOutput.by("classify", file("coadd_median.npy"), "--table", file("results.ecsv"));
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err())
                .contains("has 12 rows, but there are 23 stamps")
                .hasLineCount(1);
    }

    @Test
    void aTableCompletesTheIdsOfResults() throws IOException {
        Path table = Files.writeString(folder.resolve("some.csv"), "mjd\n" + "60123.25\n".repeat(12));
        assertThat(classify(file("results.ecsv"), "--table", table)).isEqualTo(classify(file("results.ecsv")));
    }

    @Test
    void refusesColumnsOfNoTable() {
        CommandOutput output = CommandOutput.by("classify", file("results.ecsv"), "--columns", "alertId=name");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains("--columns is only for a table");
    }

    @Test
    void aDamagedTableIsOneSentence() throws IOException {
        for (String name : List.of("results.parquet", "results.hdf5", "results.ecsv", "separate_coadd_mean.fits")) {
            byte[] bytes = Files.readAllBytes(file(name));
            Path cut = Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
            CommandOutput output = CommandOutput.by("classify", cut, "--json", "--column", "coadd_mean");
            assertThat(output.exitCode()).as(name).isIn(1, 2);
            assertThat(output.err()).contains(name).hasLineCount(1).doesNotContain("Exception");
        }
    }
}
