package dev.stampede.systemtests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.systemtests.harness.ConservationResult;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class LifecycleResultTest {
    private static final ConservationResult KEPT = conservation(0);

    private static ConservationResult conservation(long missing) {
        List<ConservationResult.Partition> partitions = List.of(new ConservationResult.Partition(900, 900 - missing));
        return new ConservationResult(StreamsConfig.EXACTLY_ONCE_V2, "classic", 900, 0, missing, 0, 0, 1, partitions);
    }

    private static LifecyclePass pass(double recall, int byAnother) {
        return new LifecyclePass("pass", "00", 0, 300, 40, recall, 0.01, byAnother);
    }

    private static boolean closes(ConservationResult conservation, LifecyclePass promoted, LifecyclePass rolledBack) {
        return new LifecycleResult(conservation, List.of(pass(0.5, 0), promoted, rolledBack), 300, 0).closes();
    }

    @Test
    void closesIfTheRecallRisesAndFallsAndNothingIsLost() {
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.5, 0))).isTrue();
    }

    @Test
    void doesNotCloseIfTheRecallDoesNotRiseOrStaysAfterTheRollback() {
        assertThat(closes(KEPT, pass(0.5, 0), pass(0.4, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.9, 0))).isFalse();
    }

    @Test
    void doesNotCloseIfAnAlertIsLostOrScoredByAnotherModel() {
        assertThat(closes(conservation(1), pass(0.9, 0), pass(0.5, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 1), pass(0.5, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.5, 1))).isFalse();
    }

    @Test
    void doesNotCloseIfTheShadowIsSilentOrWrong() {
        for (int[] shadow : new int[][] {{0, 0}, {300, 1}}) {
            assertThat(new LifecycleResult(
                                    KEPT, List.of(pass(0.5, 0), pass(0.9, 0), pass(0.5, 0)), shadow[0], shadow[1])
                            .closes())
                    .isFalse();
        }
    }
}
