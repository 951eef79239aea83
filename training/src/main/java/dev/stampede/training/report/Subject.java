package dev.stampede.training.report;

import dev.stampede.stamps.contract.ModelContract;
import java.nio.file.Path;

/**
 * What a report is about.
 *
 * @param model the model file
 * @param modelSha256 of its bytes
 * @param contract what it says of itself
 * @param data where the stamps come from, in words
 * @param dataFingerprint SHA-256 over stamps and labels
 * @param part which of them were judged: {@code all} or {@code test}
 * @param seed of the split, the bootstrap and the choice of stamps to show
 */
public record Subject(
        Path model,
        String modelSha256,
        ModelContract contract,
        String data,
        String dataFingerprint,
        String part,
        long seed) {
    /** Whether the model was fitted to stamps of this very set, so that figures over all of them flatter it. */
    public boolean flatters() {
        return part.equals("all") && dataFingerprint.equals(contract.dataFingerprint());
    }
}
