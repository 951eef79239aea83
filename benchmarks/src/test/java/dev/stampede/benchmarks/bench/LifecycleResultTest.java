package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class LifecycleResultTest {
    private static final CrashResult KEPT = conservation(0);

    private static CrashResult conservation(long missing) {
        List<CrashResult.Partition> partitions = List.of(new CrashResult.Partition(900, 900 - missing));
        return new CrashResult(StreamsConfig.EXACTLY_ONCE_V2, "classic", 900, 0, missing, 0, 0, 1, partitions);
    }

    private static LifecyclePass pass(double recall, int byAnother) {
        return new LifecyclePass("pass", "00", 0, 300, 40, recall, 0.01, byAnother);
    }

    private static boolean closes(CrashResult conservation, LifecyclePass promoted, LifecyclePass rolledBack) {
        return new LifecycleResult(conservation, pass(0.5, 0), promoted, rolledBack, 300, 0).closes();
    }

    @Test
    void closesWhereTheRecallRisesAndFallsAndNothingIsLost() {
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.5, 0))).isTrue();
    }

    @Test
    void doesNotCloseWhereTheRecallDoesNotRiseOrStaysAfterTheRollback() {
        assertThat(closes(KEPT, pass(0.5, 0), pass(0.4, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.9, 0))).isFalse();
    }

    @Test
    void doesNotCloseWhereAnAlertIsLostOrJudgedByAnotherModel() {
        assertThat(closes(conservation(1), pass(0.9, 0), pass(0.5, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 1), pass(0.5, 0))).isFalse();
        assertThat(closes(KEPT, pass(0.9, 0), pass(0.5, 1))).isFalse();
    }

    @Test
    void doesNotCloseWhereTheShadowIsSilentOrWrong() {
        for (int[] shadow : new int[][] {{0, 0}, {300, 1}}) {
            assertThat(new LifecycleResult(KEPT, pass(0.5, 0), pass(0.9, 0), pass(0.5, 0), shadow[0], shadow[1])
                            .closes())
                    .isFalse();
        }
    }
}
