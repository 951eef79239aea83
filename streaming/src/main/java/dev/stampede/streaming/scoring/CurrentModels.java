package dev.stampede.streaming.scoring;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Which models judge now. Whoever opens scorers of them does so in {@link #open}, so that a model that was replaced is
 * never opened again and can be closed at once: a scorer that is open keeps it alive. Thread-safe.
 */
final class CurrentModels {
    private volatile Models now;

    CurrentModels(Models first) {
        now = first;
    }

    /** The models of this moment. */
    Models now() {
        return now;
    }

    /** What {@code opening} makes of the models of this moment; none is replaced meanwhile. */
    synchronized <T> T open(Function<Models, T> opening) {
        return opening.apply(now);
    }

    /** From now on those that {@code change} makes of the present ones; answers whether they are others. */
    synchronized boolean replace(UnaryOperator<Models> change) {
        Models before = now;
        now = change.apply(before);
        return !now.equals(before);
    }
}
