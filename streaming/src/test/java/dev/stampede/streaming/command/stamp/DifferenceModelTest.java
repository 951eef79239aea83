package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.streaming.command.CommandOutput;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped model for difference images, on public alerts of Rubin that it was not trained on. */
@Tag("slow")
class DifferenceModelTest {
    private static final int ALERT_ID = 3;
    private static final int VERDICT = 8;

    private final Path alerts = RealData.folder("faults").resolve("fink/fink_lsst_part.avro");

    @Test
    void findsTheKnownObjectsAndNoDipole() {
        CommandOutput output = CommandOutput.by("classify", "--model", "difference", "--csv", alerts);
        assertThat(output.exitCode()).as(output.err()).isZero();
        Map<String, String> verdicts = output.out()
                .lines()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.toMap(cells -> cells[ALERT_ID], cells -> cells[VERDICT]));
        assertThat(verdicts)
                .containsEntry("170094456480989258", "REAL") // 2004 JQ12
                .containsEntry("170094456528175205", "REAL") // 2020 SJ88
                .containsEntry("170094456277565473", "REAL") // reliability 0.92, S/N 12.9
                .containsEntry("170094456272322680", "REAL") // negative, S/N 34.5
                .containsEntry("170094456523456557", "BOGUS"); // a dipole
    }
}
