package dev.stampede.streaming.topology;

import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.ErrorClass;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of dead letters: of the first at once, then with counts and one example, however many come. What is not logged
 * yet when they end is in the metrics. Thread-safe.
 */
final class DeadLetterLog {
    /** Between two lines at least. */
    static final long QUIET_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

    private final Map<ErrorClass, Long> counts = new EnumMap<>(ErrorClass.class);
    private boolean logged;
    private long lastMillis;

    /** Counts one that came from {@code position} at {@code nowMillis}, and logs if it is time. */
    synchronized void add(DeadLetter deadLetter, String position, long nowMillis) {
        counts.merge(deadLetter.error(), 1L, Long::sum);
        if (!logged || nowMillis - lastMillis >= QUIET_MILLIS) {
            LOG.atWarn()
                    .setMessage("Dead letters came")
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
