package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench soak}. */
class SoakRunTest {
    @Test
    void conservesEveryAlertThroughAFaultOfEachKind() throws InterruptedException {
        SoakSettings settings = new SoakSettings(48, OptionalInt.of(100), 2000);

        SoakResult result = SoakCommand.run(settings, ModelFile.shipped(), System.err);

        CrashResult conservation = result.conservation();
        assertThat(conservation.alerts()).isGreaterThan(1000);
        assertThat(List.of(conservation.missing(), conservation.duplicates(), conservation.wrong()))
                .containsOnly(0L);
        assertThat(conservation.isKept()).isTrue();
        assertThat(result.faults()).isNotEmpty();
        assertThat(result.samples()).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.heapMebibytes()).isBetween(1.0, (double) StreamProcess.HEAP_MEBIBYTES);
            assertThat(sample.underWay()).isNotNegative();
        });
    }
}
