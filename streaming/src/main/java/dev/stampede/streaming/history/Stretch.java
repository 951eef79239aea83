package dev.stampede.streaming.history;

/**
 * A piece of one partition.
 *
 * @param partition 0 or more
 * @param from the first offset that belongs to it, 0 or more
 * @param to the first that does not, {@code from} or more
 */
public record Stretch(int partition, long from, long to) {
    public Stretch {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException("no stretch of a partition: " + partition + ", " + from + " to " + to);
        }
    }
}
