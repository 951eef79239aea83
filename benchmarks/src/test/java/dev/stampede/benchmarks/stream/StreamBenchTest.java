package dev.stampede.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StreamBenchTest {
    /** 0.1 + 0.1 + 0.2 seconds per alert. */
    @Test
    void theBoundIsThatOfTheSumOfTheTimes() {
        assertThat(StreamBench.bound(10, 10, 5)).isCloseTo(2.5, within(1e-12));
    }
}
