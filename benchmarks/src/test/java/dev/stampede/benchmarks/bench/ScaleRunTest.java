package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench scale}. */
class ScaleRunTest {
    @Test
    void losesAndRepeatsNothingWhereAnInstanceAndABrokerAreLost() throws InterruptedException {
        CrashSettings settings = new CrashSettings(StreamsConfig.EXACTLY_ONCE_V2, "classic", 1000, 100, List.of());

        CrashResult result = ScaleCommand.run(settings, ModelFile.shipped(), System.err);

        assertThat(result.alerts()).isGreaterThanOrEqualTo(settings.alerts());
        assertThat(List.of(result.missing(), result.duplicates(), result.wrong()))
                .containsOnly(0L);
        assertThat(result.isKept()).isTrue();
    }
}
