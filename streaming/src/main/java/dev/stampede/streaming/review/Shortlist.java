package dev.stampede.streaming.review;

import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The most urgent of many candidates, each alert once. Memory holds no more than are wanted. Not thread-safe. */
public final class Shortlist {
    private final int most;
    /** The least urgent at its head. */
    private final PriorityQueue<Candidate> kept = new PriorityQueue<>(Candidate.BY_URGENCY.reversed());

    private final Set<String> alerts = new HashSet<>();

    /** @param most how many are wanted, 1 or more */
    public Shortlist(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a shortlist has one place at least, not " + most);
        }
        this.most = most;
    }

    /** Takes a candidate, where it is urgent enough and its alert is not on the list. */
    public void offer(Candidate candidate) {
        if (!alerts.add(candidate.said().getAlertId())) {
            return;
        }
        kept.add(candidate);
        if (kept.size() > most) {
            alerts.remove(kept.remove().said().getAlertId());
        }
    }

    /** Those that are on it, the most urgent first. */
    public List<Candidate> candidates() {
        return kept.stream().sorted(Candidate.BY_URGENCY).toList();
    }
}
