package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Says which pixels decided; one instance a thread. Close it before the model. */
@FunctionalInterface
public interface StampExplainer extends AutoCloseable {
    /** One explanation for each stamp, in order. */
    List<Explanation> explain(List<Stamp> stamps);

    @Override
    default void close() {}
}
