package dev.stampede.streaming.scoring;

/** Wraps the scorers that {@link HotSwapScorer} opens, for example to explain their verdicts. Thread-safe. */
@FunctionalInterface
public interface ScorerDecorator {
    /** Leaves scorers as they are. */
    ScorerDecorator NONE = (scorer, live) -> scorer;

    /**
     * The scorer to use instead of {@code scorer}; closing it closes {@code scorer}.
     *
     * @param live the model that {@code scorer} was opened with
     */
    PollScorer decorate(PollScorer scorer, ModelHandle live);
}
