package dev.stampede.streaming.scoring;

import java.util.List;

/** Receives the outcomes of every batch, for display and statistics. */
@FunctionalInterface
public interface OutcomeListener {
    /**
     * Called by several stream threads on the path of the alerts: it must be fast and keep little. An alert that is
     * processed again after a failure is passed again.
     */
    void observe(List<Outcome> outcomes);
}
