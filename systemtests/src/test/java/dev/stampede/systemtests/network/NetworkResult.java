package dev.stampede.systemtests.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stampede.systemtests.harness.ConservationResult;
import java.util.List;

/** Whether every alert of a run has its one right outcome, and how each fault delayed them. */
record NetworkResult(List<FaultResult> faults, ConservationResult conservation) {
    NetworkResult {
        faults = List.copyOf(faults);
    }

    /** Instances of the stream that ended by themselves. */
    int restarts() {
        return faults.stream().mapToInt(FaultResult::restarts).sum();
    }

    /** Whether nothing was lost or repeated, after each fault and at the end. */
    @JsonProperty("kept")
    boolean isKept() {
        return conservation.isKept()
                && faults.stream().allMatch(fault -> fault.missing() + fault.duplicates() + fault.wrong() == 0);
    }
}
