package dev.stampede.systemtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.systemtests.harness.ProcessMonitor;
import dev.stampede.systemtests.soak.BacklogResult.Sample;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BacklogResultTest {
    private static final long ALERTS = 2_000_000;

    private static BacklogResult result(LongToDoubleFunction heap, LongToDoubleFunction resident, int threadsAtTheEnd) {
        List<Sample> samples = LongStream.rangeClosed(0, 20)
                .map(step -> step * ALERTS / 20)
                .mapToObj(outcomes -> new Sample(
                        0,
                        outcomes,
                        new ProcessMonitor.Sample(
                                heap.applyAsDouble(outcomes),
                                resident.applyAsDouble(outcomes),
                                outcomes > ALERTS / 2 ? threadsAtTheEnd : 30,
                                100)))
                .toList();
        return new BacklogResult(ALERTS, ALERTS, 60, samples);
    }

    @Test
    void isFlatIfOnlyTheFirstQuarterGrows() {
        assertThat(result(outcomes -> outcomes < ALERTS / 4 ? outcomes / 1e5 : 60, outcomes -> 400, 30)
                        .isFlat())
                .isTrue();
    }

    /** From the middle of the second quarter to that of the last one, sixty bytes per alert amount to 57 MiB. */
    @Test
    void detectsALeakOfSixtyBytesAnAlert() {
        LongToDoubleFunction leak = outcomes -> 60 + outcomes * 60.0 / (1 << 20);
        assertThat(result(leak, outcomes -> 400, 30).isFlat()).isFalse();
        assertThat(result(outcomes -> 60, leak, 30).isFlat()).isFalse();
    }

    @Test
    void detectsThreadsThatAccumulate() {
        assertThat(result(outcomes -> 60, outcomes -> 400, 40).isFlat()).isFalse();
    }

    @Test
    void usesOnlyTheHeapIfResidentMemoryIsUnknown() {
        assertThat(result(outcomes -> 60, outcomes -> Double.NaN, 30).isFlat()).isTrue();
        assertThat(result(outcomes -> outcomes / 1e4, outcomes -> Double.NaN, 30)
                        .isFlat())
                .isFalse();
    }

    @Test
    void isNotFlatIfThereIsNothingToCompare() {
        assertThat(new BacklogResult(
                                ALERTS,
                                ALERTS,
                                60,
                                List.of(new Sample(1, 0, new ProcessMonitor.Sample(60, 400, 30, 100))))
                        .isFlat())
                .isFalse();
    }
}
