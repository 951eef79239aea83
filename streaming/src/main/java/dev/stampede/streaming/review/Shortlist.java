package dev.stampede.streaming.review;

import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Keeps the most urgent of many candidates, each alert once, in bounded memory. Not thread-safe. */
public final class Shortlist {
    private final int max;
    /** Ordered by increasing urgency. */
    private final PriorityQueue<ReviewCandidate> kept = new PriorityQueue<>(ReviewCandidate.BY_URGENCY.reversed());

    private final Set<String> alerts = new HashSet<>();

    /** @param max the maximum number of candidates, 1 or more */
    public Shortlist(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a shortlist must have a maximum of 1 or more, not " + max);
        }
        this.max = max;
    }

    /** Adds a candidate if it is urgent enough and its alert is not on the list. */
    public void offer(ReviewCandidate candidate) {
        if (!alerts.add(candidate.reported().getAlertId())) {
            return;
        }
        kept.add(candidate);
        if (kept.size() > max) {
            alerts.remove(kept.remove().reported().getAlertId());
        }
    }

    /** The most urgent first. */
    public List<ReviewCandidate> candidates() {
        return kept.stream().sorted(ReviewCandidate.BY_URGENCY).toList();
    }
}
