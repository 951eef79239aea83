package dev.stampede.training.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a job does to a stream, and the retraining. A step that fails throws an exception with a message for the user. */
public interface JobSteps {
    /** Labels the detections of known objects since {@code from} that have no label. */
    void labelKnownObjects(Instant from);

    /**
     * Writes the labelled stamps of the alerts since {@code from}, whose labels were added after another export, to a
     * folder that does not exist.
     *
     * @param after the folder of the earlier export; all labels if it is empty
     */
    void exportLabels(Instant from, Optional<Path> after, Path folder);

    /** The models in use; writes the file of the live one to {@code live}. */
    ReleasedModels releases(Path live);

    /**
     * Trains the model of a run and compares it with the live model of the run; continues an interrupted training.
     *
     * @param earlier label exports of earlier runs
     * @param seed of the training; another one for each run
     */
    void retrain(JobRun run, List<Path> earlier, long seed);

    /** Releases a model as shadow. */
    void promoteAsShadow(Path model, String comment);

    /** Releases a model as live. */
    void promote(Path model, String comment);

    /** Compares a shadow model with the live model, on the alerts since {@code from}. */
    ShadowAgreement compareShadow(String sha256, Instant from);
}
