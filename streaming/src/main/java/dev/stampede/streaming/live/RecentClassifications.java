package dev.stampede.streaming.live;

import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeWatch;
import java.time.Clock;
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
 * The newest classifications, a bounded number of each verdict, so that many BOGUS do not drive the few REAL out. Of
 * each verdict it takes a few every quarter of a second, however many come, which is all that an eye can follow.
 * Thread-safe.
 */
final class RecentClassifications implements OutcomeWatch {
    /** Kept of each verdict: at 2 to 20 KB each, a few megabytes in all. */
    static final int KEPT = 200;

    /** Taken of each verdict in a window. */
    static final int TAKEN = 4;

    static final long WINDOW_MILLIS = 250;

    private final Clock clock;
    private final Map<Verdict, Shelf> shelves = new EnumMap<>(Verdict.class);
    private long sequence;
    private long windowStart = Long.MIN_VALUE / 2;
    private int full;

    private static final class Shelf {
        private final Deque<LiveRecord> records = new ArrayDeque<>(KEPT);
        private int taken;
    }

    RecentClassifications(Clock clock) {
        this.clock = clock;
        for (Verdict verdict : Verdict.values()) {
            shelves.put(verdict, new Shelf());
        }
    }

    @Override
    public synchronized void saw(List<Outcome> outcomes) {
        long now = clock.millis();
        if (Math.abs(now - windowStart) >= WINDOW_MILLIS) {
            windowStart = now;
            full = 0;
            shelves.values().forEach(shelf -> shelf.taken = 0);
        }
        for (Outcome outcome : outcomes) {
            if (full == shelves.size()) {
                return;
            }
            if (outcome instanceof Outcome.Judged judged) {
                take(judged);
            }
        }
    }

    private void take(Outcome.Judged judged) {
        Shelf shelf = shelf(judged.judgement().verdict());
        if (shelf.taken == TAKEN) {
            return;
        }
        if (shelf.records.size() == KEPT) {
            shelf.records.removeFirst();
        }
        shelf.records.addLast(new LiveRecord(++sequence, judged));
        if (++shelf.taken == TAKEN) {
            full++;
        }
    }

    private Shelf shelf(Verdict verdict) {
        return Objects.requireNonNull(shelves.get(verdict));
    }

    /** Those that {@code wanted} takes and that came after {@code sequence}, the newest first, {@code most} at most. */
    synchronized List<LiveRecord> newest(Predicate<LiveRecord> wanted, long after, int most) {
        return all().filter(record -> record.sequence() > after)
                .filter(wanted)
                .sorted(Comparator.comparingLong(LiveRecord::sequence).reversed())
                .limit(most)
                .toList();
    }

    /** The newest of that alert id; empty where it is not kept, or no longer. */
    synchronized Optional<LiveRecord> find(String id) {
        return all().filter(record -> record.id().equals(id)).max(Comparator.comparingLong(LiveRecord::sequence));
    }

    /** The surveys of those that are kept, in alphabetical order. */
    synchronized List<String> surveys() {
        TreeSet<String> surveys = new TreeSet<>();
        all().forEach(record -> surveys.add(record.judged().alert().survey()));
        return new ArrayList<>(surveys);
    }

    private Stream<LiveRecord> all() {
        return shelves.values().stream().flatMap(shelf -> shelf.records.stream());
    }
}
