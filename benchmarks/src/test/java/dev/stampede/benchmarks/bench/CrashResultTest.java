package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class CrashResultTest {
    @Test
    void isBrokenByADuplicateUnderExactlyOnceAlone() {
        assertThat(result(StreamsConfig.EXACTLY_ONCE_V2, 0, 1, 0, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 1, 0, 10).isKept()).isTrue();
    }

    @Test
    void isBrokenByWhatIsMissingWrongOrInAnotherPartition() {
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 1, 0, 0, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 0, 1, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 0, 0, 9).isKept()).isFalse();
    }

    private static CrashResult result(String guarantee, long missing, long duplicates, long wrong, long outcomes) {
        return new CrashResult(
                guarantee,
                "classic",
                10,
                1,
                missing,
                duplicates,
                wrong,
                0.5,
                List.of(new CrashResult.Partition(10, outcomes)));
    }
}
