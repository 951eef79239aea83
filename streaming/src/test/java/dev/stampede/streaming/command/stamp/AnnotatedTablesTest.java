package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.results.FieldRow;
import dev.stampede.stamps.results.FieldTable;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.streaming.DebianPython;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of KBMOD with the verdicts of the shipped model. */
class AnnotatedTablesTest {
    @TempDir
    private Path folder;

    private static Path file(String name) {
        return RealData.folder("kbmod").resolve(name);
    }

    private static CommandOutput classify(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("classify"));
        all.addAll(List.of(arguments));
        return CommandOutput.by(all.toArray());
    }

    private Path annotated(String name, Object... options) {
        Path out = folder.resolve(name.replace('/', '-'));
        List<Object> arguments = new ArrayList<>(List.of(file(name), "--out", out));
        arguments.addAll(List.of(options));
        CommandOutput output = classify(arguments.toArray());
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("Wrote ").endsWith(" to " + out + ".\n");
        return out;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "formats/results.parquet",
                "formats/results.hdf5",
                "formats/results.ecsv",
                "formats/separate.ecsv",
                "results.ecsv"
            })
    void aTableHasTheVerdictsThatArePrinted(String name) throws IOException {
        List<String> lines = classify(file(name), "--json").out().lines().toList();
        Path out = annotated(name);
        try (FieldTable table = FieldTable.open(out)) {
            assertThat(table.size()).isEqualTo(lines.size());
            for (int row = 0; row < lines.size(); row++) {
                JsonNode printed = new ObjectMapper().readTree(lines.get(row));
                FieldRow cells = table.row(row);
                assertThat(cells.cell("stampede_verdict"))
                        .isEqualTo(printed.get("verdict").asText());
                assertThat(cells.cell("stampede_probability"))
                        .isEqualTo(printed.get("probability").asText(""));
                assertThat(cells.cell("stampede_reason"))
                        .isEqualTo(printed.get("abstentionReason").asText(""));
                assertThat(cells.cell("stampede_model")).isEqualTo("vgg6 1");
                assertThat(cells.cell("uuid")).isEqualTo(printed.get("alertId").asText(""));
            }
        }
    }

    @Test
    void anArrayAnnotatesItsTableOfAnyColumns() throws IOException {
        List<String> lines = classify(file("formats/coadd_median.npy"), "--csv")
                .out()
                .lines()
                .toList();
        Path out = folder.resolve("out.csv");
        CommandOutput output = classify(
                file("formats/coadd_median.npy"),
                "--table",
                file("formats/expected.csv"),
                "--out",
                out,
                "--keep",
                "real,ABSTAIN");
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<String> expected = new ArrayList<>();
        List<String> table = Files.readAllLines(file("formats/expected.csv"));
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).contains(",BOGUS,")) {
                expected.add(table.get(line));
            }
        }
        List<CsvTable.Row> rows = CsvTable.read(out).rows();
        assertThat(rows).hasSize(expected.size()).hasSizeBetween(1, 22);
        assertThat(rows).extracting(row -> row.cell("stampede_verdict")).doesNotContain("BOGUS");
        List<String> written = Files.readAllLines(out);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(written.get(row + 1)).startsWith(expected.get(row) + ",");
        }
        assertThat(output.out()).startsWith("Wrote " + expected.size() + " of 23 rows (");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "formats/separate_coadd_mean.fits --out OUT.fits, 'name its table with --table'",
        "formats/coadd_mean.npy --out OUT.csv, 'name its table with --table, or print a table of the verdicts with --csv'",
        "formats/coadd_mean.npy --table results.ecsv --out OUT.ecsv, 'results.ecsv has 1 rows, but there are 23 stamps.'",
        "formats/results.ecsv results.ecsv --out OUT.ecsv, 'there are 2 inputs'",
        "results.ecsv --out OUT.csv, 'name it .ecsv'",
        "results.ecsv --out OUT.ecsv --csv, 'leave out --csv and --json'",
        "results.ecsv --out OUT.ecsv --npy OUT.npy, 'write them by another run with --npy'",
        "results.ecsv --out OUT.ecsv --strict, 'leave out --strict'",
        "../packets/decam/decam_alert.avro --table formats/expected.csv --out OUT.csv, '--table needs one array'",
        "results.ecsv --keep REAL, 'name its file with --out'",
        "results.ecsv --table formats/expected.csv --out OUT.ecsv, 'annotates'",
    })
    void refusesWhatItCannotAnnotate(String line, String message) {
        Object[] arguments = List.of(line.split(" ")).stream()
                .map(word -> word.startsWith("OUT") ? folder.resolve(word) : word.contains(".") ? file(word) : word)
                .toArray();
        CommandOutput output = classify(arguments);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(2);
        assertThat(output.err()).contains(message);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void replacesAnExistingFileOnlyIfForced() throws IOException {
        Path out = Files.writeString(folder.resolve("results.ecsv"), "old");
        CommandOutput refused = classify(file("results.ecsv"), "--out", out);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(out + " exists; --force overwrites it.");
        assertThat(out).hasContent("old");
        assertThat(annotated("results.ecsv", "--force"))
                .isEqualTo(out)
                .content()
                .startsWith("# %ECSV");
    }

    /** Astropy reads the copies with their types, and all else as in the originals. */
    @Test
    @Tag("system")
    void astropyReadsAnAnnotatedTableWithItsMetadata() throws IOException, InterruptedException {
        DebianPython.require(List.of("astropy"), "python3-astropy");
        List<Object> arguments = new ArrayList<>(List.of("src/test/python/compare_annotated.py"));
        for (String name : List.of("results.ecsv", "formats/results.ecsv", "formats/separate.ecsv")) {
            arguments.add(file(name));
            arguments.add(annotated(name));
        }
        assertThat(DebianPython.run(arguments.toArray())).hasSize(3);
    }
}
