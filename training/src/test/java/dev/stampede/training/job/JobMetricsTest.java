package dev.stampede.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
    /** What the rules and the dashboards are compared with, and the documentation shows. */
    private static final Path EXAMPLE = Path.of("..", "deploy", "prometheus", "retraining.prom");

    private static final RunFindings FINDINGS = new RunFindings(
            new LabelCounts(120, 340, Map.of("EXPERT", 400L, "KNOWN_OBJECT", 60L)),
            new GateFigures(true, 0.21, 0.25),
            new ShadowAgreement(10_000, 9_900, 700, 720));

    @Test
    void areThoseOfTheExample() throws IOException {
        JobState state = new JobState(
                JobStage.DECISION,
                "20261124T100000Z",
                1_764_064_800,
                "promotion is by a person",
                FINDINGS,
                List.of(new FinishedRun("20261123T100000Z", RunOutcome.PROMOTED, FINDINGS)),
                1_764_064_812);
        Instant begin = Instant.ofEpochSecond(1_764_064_800);
        String text =
                JobMetrics.of(state, new PromotionRule(false, 10_000, 0.05, 2), begin, begin.plusMillis(12_500), true);
        assertThat(text).isEqualTo(Files.readString(EXAMPLE));
    }

    @Test
    void aShareThatIsNotKnownIsNan() {
        String text =
                JobMetrics.of(JobState.FIRST, new PromotionRule(false, 1, 0, 1), Instant.EPOCH, Instant.EPOCH, false);
        assertThat(text)
                .contains(
                        "stampede_retraining_missed_source_rate{model=\"new\"} NaN\n",
                        "stampede_retraining_succeeded 0\n",
                        "stampede_retraining_stage{stage=\"idle\"} 1\n");
    }
}
