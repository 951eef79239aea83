package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import java.util.Map;

/**
 * The counts of a demo at one time.
 *
 * @param alertsIn alerts sent
 * @param verdicts classifications by verdict
 * @param deadLetters records on the dead-letter topic
 * @param missing alerts without an outcome
 * @param repeated outcomes of an alert that already had one, or was never sent
 * @param misrouted undecodable records that were classified, and alerts that became dead letters
 */
record DemoCounts(
        long alertsIn,
        Map<Verdict, Long> verdicts,
        long deadLetters,
        long missing,
        long repeated,
        long misrouted,
        Timing timing) {
    /**
     * Throughput and latency.
     *
     * @param seconds from the first alert sent to the last outcome read
     * @param p50Millis the median time from the timestamp of an alert until its classification is read
     * @param p99Millis the 99th percentile of that time
     */
    record Timing(double seconds, long p50Millis, long p99Millis) {}

    DemoCounts {
        verdicts = Map.copyOf(verdicts);
    }

    long count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }

    long outcomes() {
        return verdicts.values().stream().mapToLong(Long::longValue).sum() + deadLetters;
    }

    /** Outcomes per second; 0 before the first. */
    double alertsPerSecond() {
        return timing.seconds() > 0 ? outcomes() / timing.seconds() : 0;
    }

    /** Whether every alert had exactly one outcome, on the right topic. */
    boolean isConserved() {
        return missing == 0 && repeated == 0 && misrouted == 0;
    }
}
