package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.ReferencePopulation;
import java.util.Optional;

/** A model that is ready to judge and to explain. Thread-safe; each thread takes a scorer of its own. */
public interface ScoringModel extends AutoCloseable {
    ModelIdentity identity();

    /** A scorer for one thread; close it before the model. */
    StampScorer newScorer();

    /** The population that it was measured on; empty where that is not known. */
    default Optional<ReferencePopulation> reference() {
        return Optional.empty();
    }

    /**
     * An explainer for one thread; close it before the model.
     *
     * @throws IllegalArgumentException if the patch does not fit the model's stamps
     */
    StampExplainer newExplainer(OcclusionSettings settings);

    /** Why it does not score on what it was opened on; empty while it does. */
    default Optional<String> degradation() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
