package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.ReferencePopulation;
import java.util.Optional;

/** A model that is ready to score and to explain. Thread-safe; each thread opens its scorer. */
public interface ModelHandle extends AutoCloseable {
    ModelIdentity identity();

    /** A scorer for one thread; close it before the model. */
    StampScorer newScorer();

    /** The reference population for drift; empty if the model file has none. */
    default Optional<ReferencePopulation> reference() {
        return Optional.empty();
    }

    /**
     * An explainer for one thread; close it before the model.
     *
     * @throws IllegalArgumentException if the patch is larger than the model's stamps
     */
    StampExplainer newExplainer(OcclusionSettings settings);

    /** Why it no longer runs on the execution provider it was opened on; empty if it does. */
    default Optional<String> degradation() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
