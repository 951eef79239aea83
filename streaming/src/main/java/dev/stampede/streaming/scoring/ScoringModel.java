package dev.stampede.streaming.scoring;

import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.streaming.observe.Condition;
import java.util.Optional;

/** A model that is ready to judge. Thread-safe; each thread takes a scorer of its own. */
public interface ScoringModel extends AutoCloseable {
    ModelIdentity identity();

    /** How the engine is: it does not hold where it computes otherwise than it was asked to. */
    default Condition engine() {
        return new Condition("engine", true, "scores on " + identity().executionProvider());
    }

    /** A scorer for one thread; close it before the model. */
    StampScorer newScorer();

    /** The population that it was measured on; empty where that is not known. */
    default Optional<ReferencePopulation> reference() {
        return Optional.empty();
    }

    /** An explainer for one thread; empty where this model cannot be asked, or its stamps are too small for a map. */
    default Optional<StampExplainer> newExplainer() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
