package dev.stampede.systemtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.JavaProcess;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Short forms of {@code bench soak}. */
@Tag("system")
class SoakSystemTest {
    @Test
    void everyAlertHasItsOutcomeAfterAFaultOfEachKind() throws InterruptedException {
        SoakResult result =
                SoakRun.run(new SoakSettings(48, 100, 2000, RecordFormat.OCF), ModelFile.shipped(), System.err);

        ConservationResult conservation = result.conservation();
        assertThat(conservation.alerts()).isGreaterThan(1000);
        assertThat(List.of(conservation.missing(), conservation.duplicates(), conservation.wrong()))
                .containsOnly(0L);
        assertThat(conservation.isKept()).isTrue();
        assertThat(result.faults()).isNotEmpty();
        assertThat(result.samples()).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.process().heapMebibytes()).isBetween(1.0, (double) JavaProcess.STREAM_HEAP_MEBIBYTES);
            assertThat(sample.underWay()).isNotNegative();
        });
    }

    @Test
    void aBacklogIsDrained() throws InterruptedException {
        BacklogResult result = BacklogRun.run(30_000, 500, ModelFile.shipped(), System.err);

        assertThat(result.outcomes()).isEqualTo(30_000);
        assertThat(result.samples()).isNotEmpty();
    }
}
