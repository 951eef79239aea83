package dev.stampede.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ConservationResult;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Short forms of {@code bench crash}. */
@Tag("system")
class CrashSystemTest {
    @ParameterizedTest
    @EnumSource
    void losesAndRepeatsNothingWhenAnInstanceIsKilledAndTheBrokerRestarts(RecordFormat format)
            throws InterruptedException {
        verify(new CrashSettings(
                StreamsConfig.EXACTLY_ONCE_V2,
                "classic",
                format,
                2000,
                200,
                1,
                1,
                List.of(CrashEvent.KILL, CrashEvent.RESTART_BROKER)));
    }

    @Test
    void losesAndRepeatsNothingWhenAClusterLosesAnInstanceAndABroker() throws InterruptedException {
        verify(new CrashSettings(
                StreamsConfig.EXACTLY_ONCE_V2,
                "classic",
                RecordFormat.OCF,
                1000,
                100,
                3,
                3,
                CrashSettings.events(3, 3, 1)));
    }

    private static void verify(CrashSettings settings) throws InterruptedException {
        ConservationResult result = CrashRun.run(settings, ModelFile.shipped(), System.err);

        assertThat(result.alerts()).isGreaterThanOrEqualTo(settings.alerts());
        assertThat(List.of(result.missing(), result.duplicates(), result.wrong()))
                .containsOnly(0L);
        assertThat(result.isKept()).isTrue();
    }
}
