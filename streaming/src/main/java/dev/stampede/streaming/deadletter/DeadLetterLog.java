package dev.stampede.streaming.deadletter;

import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs dead letters as warnings: the first at once, then at a limited rate with counts and one example. The metrics count
 * those that are not logged. Thread-safe.
 */
public final class DeadLetterLog {
    static final long MIN_INTERVAL_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

    private final Map<ErrorClass, Long> counts = new EnumMap<>(ErrorClass.class);
    private boolean logged;
    private long lastMillis;

    /** Counts one from {@code position} at {@code nowMillis}, and logs if the interval has passed. */
    public synchronized void add(DeadLetter deadLetter, String position, long nowMillis) {
        counts.merge(deadLetter.error(), 1L, Long::sum);
        if (!logged || nowMillis - lastMillis >= MIN_INTERVAL_MILLIS) {
            LOG.atWarn()
                    .setMessage("Records were sent to the dead-letter topic")
                    .addKeyValue("counts", Map.copyOf(counts))
                    .addKeyValue("example", position)
                    .addKeyValue("error", deadLetter.error())
                    .addKeyValue("cause", deadLetter.message())
                    .log();
            counts.clear();
            logged = true;
            lastMillis = nowMillis;
        }
    }
}
