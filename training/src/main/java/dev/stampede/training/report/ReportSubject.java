package dev.stampede.training.report;

import dev.stampede.stamps.contract.ModelContract;
import java.nio.file.Path;

/**
 * The subject of a report.
 *
 * @param model the model file
 * @param modelSha256 of its bytes
 * @param contract of the model
 * @param data the origin of the stamps, for readers
 * @param dataFingerprint SHA-256 of stamps and labels
 * @param part the stamps that were scored: {@code all} or {@value #TEST}
 * @param seed of the split, the bootstrap and the choice of stamps to show
 */
public record ReportSubject(
        Path model,
        String modelSha256,
        ModelContract contract,
        String data,
        String dataFingerprint,
        String part,
        long seed) {
    /** The part of a held-out test set. */
    public static final String TEST = "test";

    /** Whether the stamps include the training set of the model, which makes all metrics too good. */
    public boolean includesTrainingSet() {
        return !part.equals(TEST) && dataFingerprint.equals(contract.dataFingerprint());
    }
}
