package dev.stampede.systemtests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class ConservationResultTest {
    @Test
    void isBrokenByADuplicateOnlyUnderExactlyOnce() {
        assertThat(result(StreamsConfig.EXACTLY_ONCE_V2, 0, 1, 0, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 1, 0, 10).isKept()).isTrue();
    }

    @Test
    void isBrokenByMissingAndWrongOutcomesAndByOutcomesInAnotherPartition() {
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 1, 0, 0, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 0, 1, 10).isKept()).isFalse();
        assertThat(result(StreamsConfig.AT_LEAST_ONCE, 0, 0, 0, 9).isKept()).isFalse();
    }

    private static ConservationResult result(
            String guarantee, long missing, long duplicates, long wrong, long outcomes) {
        List<ConservationResult.Partition> partitions = List.of(new ConservationResult.Partition(10, outcomes));
        return new ConservationResult(guarantee, "classic", 10, 1, missing, duplicates, wrong, 0.5, partitions);
    }
}
