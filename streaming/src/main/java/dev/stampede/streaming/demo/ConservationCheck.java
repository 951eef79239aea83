package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Matches every alert that is sent with its outcome, to find missing, repeated and misrouted ones. Keeps only the alerts
 * that are in flight. Thread-safe.
 */
final class ConservationCheck {
    private final Map<Long, AlertTemplate> inFlight = new HashMap<>();
    private final Set<Long> misrouted = new HashSet<>();
    private final TruthComparison truth = new TruthComparison();
    private final Histogram latencyMillis = new Histogram(3);
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private long sent;
    private long deadLetters;
    private long repeated;
    private long firstSentNanos;
    private long lastReadNanos;
    private boolean isClosed;

    /**
     * Records the alert of {@code number}, just before it is sent. Waits while {@code maxInFlight} are in flight.
     *
     * @return whether to send it; false once this is closed
     */
    synchronized boolean send(long number, AlertTemplate template, int maxInFlight) throws InterruptedException {
        while (inFlight.size() >= maxInFlight && !isClosed) {
            wait();
        }
        if (isClosed) {
            return false;
        }
        if (sent == 0) {
            firstSentNanos = System.nanoTime();
            lastReadNanos = firstSentNanos;
        }
        inFlight.put(number, template);
        sent++;
        return true;
    }

    /** Lets no more alerts be sent; outcomes are still recorded. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /** Records a classification that is read {@code ageMillis} after the timestamp of its alert. */
    synchronized void classified(long number, Verdict verdict, long ageMillis) {
        AlertTemplate template = complete(number);
        if (template == null) {
            return;
        }
        verdicts.merge(verdict, 1L, Long::sum);
        latencyMillis.recordValue(Math.max(ageMillis, 0));
        truth.add(template, verdict);
        if (template.kind() == AlertTemplate.Kind.GARBAGE) {
            misrouted.add(number);
        }
    }

    synchronized void deadLettered(long number) {
        AlertTemplate template = complete(number);
        if (template == null) {
            return;
        }
        deadLetters++;
        if (template.kind() != AlertTemplate.Kind.GARBAGE) {
            misrouted.add(number);
        }
    }

    private @Nullable AlertTemplate complete(long number) {
        AlertTemplate template = inFlight.remove(number);
        lastReadNanos = System.nanoTime();
        if (template == null) {
            repeated++;
        }
        notifyAll();
        return template;
    }

    /** The current counts; alerts in flight count as missing. */
    synchronized DemoCounts counts() {
        return new DemoCounts(
                sent,
                verdicts,
                deadLetters,
                inFlight.size(),
                repeated,
                misrouted.size(),
                new DemoCounts.Timing(
                        (lastReadNanos - firstSentNanos) / 1e9,
                        latencyMillis.getValueAtPercentile(50),
                        latencyMillis.getValueAtPercentile(99)));
    }

    synchronized TruthComparison truth() {
        return truth.copy();
    }
}
