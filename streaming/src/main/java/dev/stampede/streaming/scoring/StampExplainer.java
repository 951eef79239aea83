package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Explains verdicts; one instance per thread. */
@FunctionalInterface
public interface StampExplainer extends AutoCloseable {
    /** The explanation of each stamp's verdict, in order. May throw if the engine fails, never because of a stamp. */
    List<Explanation> explain(List<Stamp> stamps, List<Verdict> verdicts);

    @Override
    default void close() {}
}
