package dev.stampede.streaming.scoring;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.monitor.ModelLabels;
import dev.stampede.streaming.packet.PixelGrid;
import java.util.List;
import java.util.Optional;

/**
 * The description of a model that goes into its classifications.
 *
 * @param labels its name, version, file, recipe and execution provider
 * @param threshold the probability from which the verdict is REAL, 0 to 1
 * @param input the stamps that it expects
 * @param padding what becomes of smaller images
 * @param domain the images that it was made for
 */
public record ModelIdentity(
        ModelLabels labels, float threshold, ModelContract.Input input, Padding padding, Domain domain) {
    /** Rows and columns of its input, pixels. */
    public int stampSize() {
        return input.stampSize();
    }

    /** What it looks at, in order. */
    public List<Plane> planes() {
        return input.planes();
    }

    public String name() {
        return labels.name();
    }

    public String version() {
        return labels.version();
    }

    /** SHA-256 of its file, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return labels.sha256();
    }

    /** The name of its normalisation recipe. */
    public String recipe() {
        return labels.recipe();
    }

    /** What computes its scores: cpu or cuda. */
    public String executionProvider() {
        return labels.executionProvider();
    }

    /**
     * Requires that it scores {@code stamps} of which no feature is known.
     *
     * @param stamps what they are, for the message
     * @throws InvalidInputException if it abstains on all of them
     */
    public void requireScoresWithoutFeatures(String stamps) {
        if (input.features().needsAll()) {
            throw new InvalidInputException("The model " + name() + " " + version() + " cannot score " + stamps
                    + ": it takes " + CandidateFeature.names(input.features().kinds())
                    + " without masks, which no search has measured of them.");
        }
    }

    /** The pixels it was trained on, if it states their scale. */
    public Optional<PixelGrid> grid() {
        return PixelGrid.of(stampSize(), domain.pixelScaleArcsec());
    }
}
