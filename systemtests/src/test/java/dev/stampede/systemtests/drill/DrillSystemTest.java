package dev.stampede.systemtests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stampede.stamps.contract.ModelFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench drill}, with one alert that is repaired. CI must have a Prometheus. */
@Tag("system")
class DrillSystemTest {
    @Test
    void anAlertFiresAndResolves() throws InterruptedException {
        Optional<Path> prometheus = Prometheus.onPath();
        assumeTrue(prometheus.isPresent() || System.getenv("CI") != null, "no prometheus on PATH");
        DrillRules rules = DrillRules.read(Path.of("..", "deploy", "prometheus", "rules.yml"));

        assertThat(DrillCommand.run(
                        rules, Set.of("StampedeReleaseRefused"), ModelFile.shipped(), prometheus.orElseThrow()))
                .hasSize(1)
                .allSatisfy(
                        result -> assertThat(result.isProven()).as("%s", result).isTrue());
    }
}
