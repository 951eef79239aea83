package dev.stampede.systemtests.fuzz;

import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.systemtests.harness.ConservationResult.Partition;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of fuzzed values.
 *
 * @param values sent and stored by the broker
 * @param classifications outcomes of values that were valid alerts
 * @param deadLetters the others, by error class
 * @param missing values without an outcome
 * @param duplicates outcomes beyond the first of a value
 * @param changed dead letters whose bytes differ from their value
 * @param unbatched values scored singly because the batch of their poll failed
 * @param failure the exception that stopped the stream; empty if none did
 */
record FuzzResult(
        long values,
        long seed,
        long classifications,
        Map<ErrorClass, Long> deadLetters,
        long missing,
        long duplicates,
        long changed,
        long unbatched,
        List<Partition> partitions,
        String failure) {
    FuzzResult {
        deadLetters = Map.copyOf(deadLetters);
        partitions = List.copyOf(partitions);
    }

    /** Whether each value has one outcome, and nothing else happened. */
    public boolean isKept() {
        return failure.isEmpty()
                && missing == 0
                && duplicates == 0
                && changed == 0
                && unbatched == 0
                && partitions.stream().allMatch(partition -> partition.alerts() == partition.outcomes());
    }
}
