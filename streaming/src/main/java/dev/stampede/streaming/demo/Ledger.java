package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Books every alert that is sent against every outcome that is read back, so that a missing, repeated or misrouted one
 * is found to the record. Keeps what is under way, not what is done. Thread-safe.
 */
final class Ledger {
    private final Map<Long, Specimen> underWay = new HashMap<>();
    private final Set<Long> misrouted = new HashSet<>();
    private final Score score = new Score();
    private final Histogram latencyMillis = new Histogram(3);
    private long sent;
    private long real;
    private long bogus;
    private long abstain;
    private long deadLetters;
    private long repeated;
    private long firstSentNanos;
    private long lastReadNanos;

    /** Books the alert of {@code number}, just before it is sent. Waits while {@code maxUnderWay} are under way. */
    synchronized void send(long number, Specimen specimen, int maxUnderWay) throws InterruptedException {
        while (underWay.size() >= maxUnderWay) {
            wait();
        }
        if (sent == 0) {
            firstSentNanos = System.nanoTime();
            lastReadNanos = firstSentNanos;
        }
        underWay.put(number, specimen);
        sent++;
    }

    /** Books a classification, {@code ageMillis} after its alert was produced. */
    synchronized void classified(long number, Verdict verdict, long ageMillis) {
        Specimen specimen = settle(number);
        if (specimen == null) {
            return;
        }
        switch (verdict) {
            case REAL -> real++;
            case BOGUS -> bogus++;
            case ABSTAIN -> abstain++;
        }
        latencyMillis.recordValue(Math.max(ageMillis, 0));
        score.add(specimen, verdict);
        if (specimen.kind() == Specimen.Kind.GARBAGE) {
            misrouted.add(number);
        }
    }

    /** Books a dead letter. */
    synchronized void buried(long number) {
        Specimen specimen = settle(number);
        if (specimen == null) {
            return;
        }
        deadLetters++;
        if (specimen.kind() != Specimen.Kind.GARBAGE) {
            misrouted.add(number);
        }
    }

    private @Nullable Specimen settle(long number) {
        Specimen specimen = underWay.remove(number);
        lastReadNanos = System.nanoTime();
        if (specimen == null) {
            repeated++;
        }
        notifyAll();
        return specimen;
    }

    /** How things stand; alerts under way count as missing. */
    synchronized Tally tally() {
        return new Tally(
                sent,
                real,
                bogus,
                abstain,
                deadLetters,
                underWay.size(),
                repeated,
                misrouted.size(),
                (lastReadNanos - firstSentNanos) / 1e9,
                latencyMillis.getValueAtPercentile(50),
                latencyMillis.getValueAtPercentile(99),
                score.copy());
    }
}
