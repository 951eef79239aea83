package dev.stampede.systemtests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.commandline.CommandException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The parts of {@code bench drill} that need no Prometheus. */
class DrillTest {
    private static final DrillRules RULES = DrillRules.read(Path.of("..", "deploy", "prometheus", "rules.yml"));

    @Test
    void hasAFaultForEveryAlertOfTheRules() {
        assertThat(DrillScenario.all().stream().flatMap(scenario -> scenario.alerts().stream()))
                .containsExactlyInAnyOrderElementsOf(RULES.alerts())
                .hasSizeGreaterThan(10);
    }

    @Test
    void shortensOnlyTimes() {
        String quick = RULES.shortened();
        assertThat(quick)
                .contains("rate(stampede_alerts_total[20s])", "increase(stampede_alerts_total[20s])", "for: 5s")
                .contains("> 10000 and deriv(", "p99_5m > 5\n")
                .doesNotContain("[5m]", "[1h]", "for: 23h", "for: 1m");
    }

    @Test
    void namesAMissingFileOfRules() {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> DrillRules.read(Path.of("nowhere.yml")))
                .withMessageContaining("nowhere.yml", "--rules")
                .returns(2, CommandException::exitCode);
    }

    @Test
    void isProvenByAnAlertThatFiredAndResolvedAfterTheRepair() {
        DrillResult never = DrillResult.of("A", "f", null);
        DrillResult fired = DrillResult.of("A", "f", 7.4);
        assertThat(never.isProven()).isFalse();
        assertThat(never.row()).contains("never");
        assertThat(fired.isProven()).isTrue();
        assertThat(fired.repaired(null).isProven()).isFalse();
        assertThat(fired.repaired(2.0).isProven()).isTrue();
        assertThat(fired.repaired(2.0).row()).contains("7 s", "2 s");
    }
}
