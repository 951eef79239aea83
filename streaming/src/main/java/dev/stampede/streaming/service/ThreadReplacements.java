package dev.stampede.streaming.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which failures of stream threads only report that a topic of a pattern was deleted: the transaction of such a
 * thread is aborted, and its alerts are processed by the next one. Thread-safe.
 */
final class ThreadReplacements {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacements.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** A deleted topic stops a thread once; the topics of some nights may be deleted one after another. */
    private static final int MAX_PER_THREAD = 5;

    private final int max;
    private final Deque<Instant> recent = new ArrayDeque<>();

    ThreadReplacements(int threads) {
        max = threads * MAX_PER_THREAD;
    }

    /** Whether a thread that failed at {@code now} is to be replaced; otherwise the stream must stop. */
    synchronized boolean allow(Throwable failure, Instant now) {
        if (!isOfDeletedTopic(failure)) {
            return false;
        }
        recent.removeIf(earlier -> earlier.isBefore(now.minus(INTERVAL)));
        if (recent.size() == max) {
            return false;
        }
        recent.add(now);
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("replacedInAMinute", recent.size())
                .addKeyValue("maximum", max)
                .log(
                        "A stream thread failed and is replaced: an input topic was deleted while its partitions were in use");
        return true;
    }

    /**
     * When a topic of a pattern is deleted, Kafka's consumer gives its partitions up at the next rebalance; a task that reads
     * others as well keeps them and, exactly once, asks for their positions at its commit (Kafka 4.3, StreamTask).
     */
    private static boolean isOfDeletedTopic(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalStateException
                    && String.valueOf(cause.getMessage()).contains("position for partitions assigned")) {
                return true;
            }
        }
        return false;
    }
}
