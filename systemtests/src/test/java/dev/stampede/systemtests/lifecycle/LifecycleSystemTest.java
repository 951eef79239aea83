package dev.stampede.systemtests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.systemtests.harness.ConservationResult;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench lifecycle}. Data and training follow from fixed seeds, and so do the recalls. */
@Tag("system")
class LifecycleSystemTest {
    @Test
    void theLoopCloses() throws InterruptedException {
        LifecycleResult result = LifecycleRun.run(400, 1000, System.err);

        ConservationResult conservation = result.conservation();
        assertThat(List.of(
                        conservation.missing(), conservation.duplicates(), conservation.wrong(), result.shadowWrong()))
                .containsOnly(0L);
        assertThat(conservation.alerts()).isGreaterThan(3 * 2 * 1000);
        assertThat(result.passes()).extracting(LifecyclePass::byAnother).containsOnly(0);
        assertThat(result.passes().get(2).modelSha256())
                .isEqualTo(result.passes().get(0).modelSha256());
        assertThat(result.closes()).as("%s", result).isTrue();
    }
}
