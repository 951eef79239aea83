package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.packet.ErrorClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of fuzzed values.
 *
 * @param values how many were sent and taken by the broker
 * @param seed what they follow from
 * @param classifications outcomes of values that were alerts all the same
 * @param deadLetters the others, by class of error
 * @param missing values without an outcome
 * @param duplicates outcomes beyond the first of a value
 * @param changed dead letters that have not the bytes of their value
 * @param unbatched values that the batch of their poll failed with, so that they were scored singly
 * @param partitions what went in and came out, by partition
 * @param failure what stopped the stream; empty where nothing did
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
        List<CrashResult.Partition> partitions,
        String failure) {
    FuzzResult {
        deadLetters = Map.copyOf(deadLetters);
        partitions = List.copyOf(partitions);
    }

    /** Whether each value has one outcome, and nothing else happened. */
    boolean isKept() {
        return failure.isEmpty()
                && missing == 0
                && duplicates == 0
                && changed == 0
                && unbatched == 0
                && partitions.stream().allMatch(partition -> partition.alerts() == partition.outcomes());
    }

    /** The figures by the names they have in the JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("values", values);
        figures.put("seed", seed);
        figures.put("classifications", classifications);
        figures.put("deadLetters", deadLetters);
        figures.put("missing", missing);
        figures.put("duplicates", duplicates);
        figures.put("changed", changed);
        figures.put("unbatched", unbatched);
        figures.put("partitions", partitions);
        figures.put("failure", failure);
        figures.put("kept", isKept());
        return figures;
    }
}
