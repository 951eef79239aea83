package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench crash}. */
class CrashRunTest {
    @Test
    void losesAndRepeatsNothingWhenKilledAndCutOff() throws InterruptedException {
        CrashSettings settings = new CrashSettings(
                StreamsConfig.EXACTLY_ONCE_V2,
                "classic",
                2000,
                200,
                List.of(CrashEvent.KILL, CrashEvent.RESTART_BROKER));

        CrashResult result = CrashCommand.run(settings, ModelFile.shipped(), System.err);

        assertThat(result.alerts()).isGreaterThanOrEqualTo(settings.alerts());
        assertThat(List.of(result.missing(), result.duplicates(), result.wrong()))
                .containsOnly(0L);
        assertThat(result.isKept()).isTrue();
    }
}
