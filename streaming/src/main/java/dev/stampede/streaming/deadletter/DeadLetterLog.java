package dev.stampede.streaming.deadletter;

import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs dead letters as warnings: the first at once, then those of each interval in one line with counts and one example.
 * Thread-safe.
 */
public final class DeadLetterLog {
    static final long INTERVAL_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

    private final Executor afterInterval;
    private final Map<ErrorClass, Long> counts = new EnumMap<>(ErrorClass.class);
    private @Nullable Example example;
    private boolean waits;

    private record Example(DeadLetter deadLetter, String position) {}

    /** Logs up to once in ten seconds. */
    public DeadLetterLog() {
        this(CompletableFuture.delayedExecutor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** @param afterInterval runs a task after an interval */
    DeadLetterLog(Executor afterInterval) {
        this.afterInterval = afterInterval;
    }

    /** Counts one from {@code position}, and logs it if none was logged in the last interval. */
    public synchronized void add(DeadLetter deadLetter, String position) {
        counts.merge(deadLetter.error(), 1L, Long::sum);
        if (example == null) {
            example = new Example(deadLetter, position);
        }
        if (!waits) {
            flush();
            waits = true;
            afterInterval.execute(this::endInterval);
        }
    }

    private synchronized void endInterval() {
        waits = !counts.isEmpty();
        if (waits) {
            flush();
            afterInterval.execute(this::endInterval);
        }
    }

    /** Logs what has been counted since the last line. */
    public synchronized void flush() {
        if (example != null) {
            LOG.atWarn()
                    .setMessage("Records were sent to the dead-letter topic")
                    .addKeyValue("counts", Map.copyOf(counts))
                    .addKeyValue("example", example.position())
                    .addKeyValue("error", example.deadLetter().error())
                    .addKeyValue("cause", example.deadLetter().message())
                    .log();
            counts.clear();
            example = null;
        }
    }
}
