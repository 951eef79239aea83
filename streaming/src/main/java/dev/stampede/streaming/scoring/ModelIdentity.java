package dev.stampede.streaming.scoring;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.monitor.ModelLabels;
import dev.stampede.streaming.packet.PixelGrid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The description of a model that goes into its classifications.
 *
 * @param labels its name, version, file, recipe and execution provider
 * @param threshold the probability from which the verdict is REAL, 0 to 1
 * @param stampSize rows and columns of its input, pixels
 * @param planes the coadds of its input, in order
 * @param pixelScaleArcsec the side of a pixel it was trained on, arcseconds, if stated
 */
public record ModelIdentity(
        ModelLabels labels, float threshold, int stampSize, List<Plane> planes, OptionalDouble pixelScaleArcsec) {
    public ModelIdentity {
        planes = List.copyOf(planes);
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

    /** The pixels it was trained on, if it states their scale. */
    public Optional<PixelGrid> grid() {
        return PixelGrid.of(stampSize, pixelScaleArcsec);
    }
}
