package dev.stampede.streaming.kafka;

import java.time.Instant;

/**
 * A range of record timestamps.
 *
 * @param from inclusive; {@link Instant#MIN} for no lower limit
 * @param to exclusive; {@link Instant#MAX} for no upper limit
 */
public record TimeRange(Instant from, Instant to) {
    public static final TimeRange ALL = new TimeRange(Instant.MIN, Instant.MAX);

    boolean hasStart() {
        return !from.equals(Instant.MIN);
    }

    boolean hasEnd() {
        return !to.equals(Instant.MAX);
    }
}
