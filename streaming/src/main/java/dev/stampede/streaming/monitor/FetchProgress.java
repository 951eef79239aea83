package dev.stampede.streaming.monitor;

/**
 * When the consumers of a stream last received a response to a fetch, from samples of their counter. Kafka keeps the last
 * lag as a metric for as long as the consumer exists, so that it would say nothing about an outage. Thread-safe.
 */
final class FetchProgress {
    private double fetches = Double.NaN;
    private long millis;

    /** Adds a sample of the total number of responses, and returns when it last changed. */
    synchronized long observe(double total, long nowMillis) {
        if (total != fetches) { // also at the first call
            fetches = total;
            millis = nowMillis;
        }
        return millis;
    }
}
