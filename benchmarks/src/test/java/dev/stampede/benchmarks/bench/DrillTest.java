package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What of {@code bench drill} needs neither Prometheus nor minutes. */
class DrillTest {
    private static final DrillRules RULES = DrillRules.read(Path.of("..", "deploy", "prometheus", "rules.yml"));

    @Test
    void knowsAFaultForEveryAlertOfTheRules() {
        assertThat(DrillScene.all().stream().flatMap(scene -> scene.alerts().stream()))
                .containsExactlyInAnyOrderElementsOf(RULES.alerts())
                .hasSizeGreaterThan(10);
    }

    @Test
    void shortensTimesAndNothingElse() {
        String quick = RULES.shortened();
        assertThat(quick)
                .contains("rate(stampede_alerts_total[20s])", "increase(stampede_alerts_total[20s])", "for: 5s")
                .contains("> 10000 and deriv(", "p99_5m > 5\n")
                .doesNotContain("[5m]", "[1h]", "for: 23h", "for: 1m");
    }

    @Test
    void namesTheRulesThatAreNotThere() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> DrillRules.read(Path.of("nowhere.yml")))
                .withMessageContaining("nowhere.yml", "--rules")
                .returns(2, CommandFailure::exitCode);
    }

    @Test
    void isProvedOnlyByAnAlertThatFiredAndFellSilentOnceMended() {
        DrillResult never = DrillResult.of("A", "f", OptionalDouble.empty());
        DrillResult fired = DrillResult.of("A", "f", OptionalDouble.of(7.4));
        assertThat(never.isProved()).isFalse();
        assertThat(never.row()).contains("never");
        assertThat(fired.isProved()).isTrue();
        assertThat(fired.mended(OptionalDouble.empty()).isProved()).isFalse();
        assertThat(fired.mended(OptionalDouble.of(2)).isProved()).isTrue();
        assertThat(fired.mended(OptionalDouble.of(2)).row()).contains("7 s", "2 s");
    }

    @Test
    void theStrictModelHasItsThresholdAndIsProvenStill() {
        byte[] strict = CanaryScene.with(ModelFile.shipped().bytes(), "stampede.threshold", "1.0");
        try (StampClassifier classifier = StampClassifier.open(ModelFile.of(strict, "the strict model"))) {
            assertThat(classifier.contract().threshold()).isOne();
        }
    }
}
