package dev.stampede.systemtests.lifecycle;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.systemtests.harness.ConservationResult;
import java.util.List;

/**
 * The result of one loop.
 *
 * @param passes with the first model, after the promotion of the new one, and after the rollback
 * @param shadowVerdicts alerts that the new model scored as a shadow
 * @param shadowWrong verdicts of the shadow that differ from its offline ones, or are duplicates
 */
record LifecycleResult(
        @JsonUnwrapped ConservationResult conservation,
        List<LifecyclePass> passes,
        long shadowVerdicts,
        long shadowWrong) {
    LifecycleResult {
        passes = List.copyOf(passes);
    }

    /** Whether recall rises with the new model and falls with the old one, and no alert is lost or scored by another. */
    @JsonProperty
    boolean closes() {
        double promoted = passes.get(1).recall();
        return conservation.isKept()
                && passes.stream().allMatch(pass -> pass.byAnother() == 0)
                && promoted > passes.get(0).recall()
                && promoted > passes.get(2).recall()
                && shadowVerdicts > 0
                && shadowWrong == 0;
    }
}
