package dev.stampede.streaming.live;

import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The newest classifications, a bounded number per verdict, so that many BOGUS do not displace the few REAL. Samples a few
 * of each verdict every quarter of a second, at any rate of the stream. Thread-safe.
 */
final class RecentClassifications implements OutcomeListener {
    /** Kept per verdict: at 2 to 20 KB each, a few megabytes in total. */
    static final int KEPT = 200;

    /** Maximum per verdict and window. */
    static final int TAKEN = 4;

    static final long WINDOW_MILLIS = 250;

    private final Clock clock;
    private final Map<Verdict, Bucket> buckets = new EnumMap<>(Verdict.class);
    private long sequence;
    private long windowStart = Long.MIN_VALUE / 2;
    private int full;
    private Optional<Instant> lastOutcome = Optional.empty();

    private static final class Bucket {
        private final Deque<LiveRecord> records = new ArrayDeque<>(KEPT);
        private int taken;
    }

    RecentClassifications(Clock clock) {
        this.clock = clock;
        for (Verdict verdict : Verdict.values()) {
            buckets.put(verdict, new Bucket());
        }
    }

    @Override
    public synchronized void observe(List<Outcome> outcomes) {
        long now = clock.millis();
        if (!outcomes.isEmpty()) {
            lastOutcome = Optional.of(Instant.ofEpochMilli(now));
        }
        if (Math.abs(now - windowStart) >= WINDOW_MILLIS) {
            windowStart = now;
            full = 0;
            buckets.values().forEach(bucket -> bucket.taken = 0);
        }
        for (Outcome outcome : outcomes) {
            if (full == buckets.size()) {
                return;
            }
            if (outcome instanceof Outcome.Classified classified) {
                take(classified);
            }
        }
    }

    private void take(Outcome.Classified classified) {
        Bucket bucket = bucket(classified.prediction().verdict());
        if (bucket.taken == TAKEN) {
            return;
        }
        if (bucket.records.size() == KEPT) {
            bucket.records.removeFirst();
        }
        bucket.records.addLast(new LiveRecord(++sequence, classified));
        if (++bucket.taken == TAKEN) {
            full++;
        }
    }

    private Bucket bucket(Verdict verdict) {
        return Objects.requireNonNull(buckets.get(verdict));
    }

    /** Up to {@code max} records that match {@code wanted} and have a higher sequence than {@code after}, newest first. */
    synchronized List<LiveRecord> newest(Predicate<LiveRecord> wanted, long after, int max) {
        return all().filter(record -> record.sequence() > after)
                .filter(wanted)
                .sorted(Comparator.comparingLong(LiveRecord::sequence).reversed())
                .limit(max)
                .toList();
    }

    /** The newest record of an alert; empty if none is kept. */
    synchronized Optional<LiveRecord> find(String id) {
        return all().filter(record -> record.id().equals(id)).max(Comparator.comparingLong(LiveRecord::sequence));
    }

    /** When the last alert was processed; empty before the first one. */
    synchronized Optional<Instant> lastOutcome() {
        return lastOutcome;
    }

    /** The surveys of the kept records, in alphabetical order. */
    synchronized List<String> surveys() {
        TreeSet<String> surveys = new TreeSet<>();
        all().forEach(record -> surveys.add(record.classified().alert().survey()));
        return new ArrayList<>(surveys);
    }

    private Stream<LiveRecord> all() {
        return buckets.values().stream().flatMap(bucket -> bucket.records.stream());
    }
}
