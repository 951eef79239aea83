package dev.stampede.systemtests.harness;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Whether every alert of a run has its one right outcome.
 *
 * @param alerts sent and stored by the broker
 * @param events failures that were injected
 * @param missing alerts without an outcome
 * @param duplicates outcomes beyond the first of an alert
 * @param wrong outcomes of another kind or verdict than expected
 * @param worstStallSeconds the longest time without any outcome while alerts were in flight
 */
public record ConservationResult(
        String guarantee,
        String protocol,
        long alerts,
        int events,
        long missing,
        long duplicates,
        long wrong,
        double worstStallSeconds,
        List<Partition> partitions) {
    public ConservationResult {
        partitions = List.copyOf(partitions);
    }

    /** Alerts that a partition stored, and how many of them have an outcome. */
    public record Partition(long alerts, long outcomes) {}

    /** Compares what was sent with the outcomes. */
    public static ConservationResult of(
            String guarantee, String protocol, int events, NumberedProducer feed, OutcomeLog outcomes, int partitions) {
        return new ConservationResult(
                guarantee,
                protocol,
                feed.next(),
                events,
                feed.next() - outcomes.distinct(),
                outcomes.duplicates(),
                outcomes.wrong(),
                outcomes.worstStallSeconds(),
                partitions(feed, outcomes, partitions));
    }

    /** The same for a run that exactly-once semantics, the classic protocol and no events of a crash test apply to. */
    public static ConservationResult exactlyOnce(NumberedProducer feed, OutcomeLog outcomes, int partitions) {
        return of(StreamsConfig.EXACTLY_ONCE_V2, "classic", 0, feed, outcomes, partitions);
    }

    /** The same with the longest stall of several measurements, if that is longer. */
    public ConservationResult withStall(double seconds) {
        return new ConservationResult(
                guarantee,
                protocol,
                alerts,
                events,
                missing,
                duplicates,
                wrong,
                Math.max(worstStallSeconds, seconds),
                partitions);
    }

    /** The balance of each partition. */
    public static List<Partition> partitions(NumberedProducer feed, OutcomeLog outcomes, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new Partition(feed.storedIn(partition), outcomes.distinctIn(partition)))
                .toList();
    }

    /** Whether the guarantee was kept. */
    public boolean isKept() {
        boolean conserved = partitions.stream().allMatch(partition -> partition.alerts() == partition.outcomes());
        boolean repeated = duplicates > 0 && guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2);
        return conserved && missing == 0 && wrong == 0 && !repeated;
    }
}
