package dev.stampede.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a crashed stream made of its alerts.
 *
 * @param alerts sent and taken by the broker
 * @param missing alerts without an outcome
 * @param duplicates outcomes beyond the first of an alert
 * @param wrong outcomes of another kind or verdict than the alert must have
 * @param worstStallSeconds the longest time without any outcome while alerts were under way
 * @param partitions what went in and came out, by partition
 */
record CrashResult(
        String guarantee,
        String protocol,
        long alerts,
        int events,
        long missing,
        long duplicates,
        long wrong,
        double worstStallSeconds,
        List<Partition> partitions) {
    CrashResult {
        partitions = List.copyOf(partitions);
    }

    /**
     * Compares what was sent with what came out.
     *
     * @param takenBy alerts that a partition took
     */
    static CrashResult of(
            CrashSettings settings,
            int events,
            long sent,
            int partitionCount,
            IntToLongFunction takenBy,
            OutcomeLog outcomes) {
        List<Partition> partitions = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new Partition(takenBy.applyAsLong(partition), outcomes.distinctIn(partition)))
                .toList();
        return new CrashResult(
                settings.guarantee(),
                settings.protocol(),
                sent,
                events,
                sent - outcomes.distinct(),
                outcomes.duplicates(),
                outcomes.wrong(),
                outcomes.worstStallSeconds(),
                partitions);
    }

    /** Alerts that a partition took, and how many of them have an outcome. */
    record Partition(long alerts, long outcomes) {}

    /** Whether the stream kept what its guarantee promises. */
    boolean isKept() {
        boolean conserved = partitions.stream().allMatch(partition -> partition.alerts() == partition.outcomes());
        boolean repeated = duplicates > 0 && guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2);
        return conserved && missing == 0 && wrong == 0 && !repeated;
    }

    /** The figures by the names they have in the JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("guarantee", guarantee);
        figures.put("protocol", protocol);
        figures.put("alerts", alerts);
        figures.put("events", events);
        figures.put("missing", missing);
        figures.put("duplicates", duplicates);
        figures.put("wrong", wrong);
        figures.put("worstStallSeconds", Figures.rounded(worstStallSeconds));
        figures.put("partitions", partitions);
        figures.put("kept", isKept());
        return figures;
    }
}
