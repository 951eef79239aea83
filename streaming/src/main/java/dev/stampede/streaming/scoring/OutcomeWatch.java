package dev.stampede.streaming.scoring;

import java.util.List;

/** Sees the outcomes of every batch, for people to look at. */
@FunctionalInterface
public interface OutcomeWatch {
    /**
     * Called by several stream threads, on the way of the alerts: it must be quick and keep little. An alert that is
     * judged again after a failure is seen again.
     */
    void saw(List<Outcome> outcomes);
}
