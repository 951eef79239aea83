package dev.stampede.streaming.scoring;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.observe.ModelLabels;
import dev.stampede.streaming.packet.PixelGrid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a classification says of the model that judged.
 *
 * @param name its name
 * @param version its version
 * @param sha256 SHA-256 of its file, 64 lower-case hexadecimal digits
 * @param recipe the name of its normalisation
 * @param threshold the probability from which it says REAL, 0 to 1
 * @param stampSize rows and columns of its input, pixels
 * @param channels the coadds it looks at, in order
 * @param pixelScaleArcsec the side of a pixel it was trained on, arcseconds, where it says so
 * @param executionProvider what computes the score: cpu or cuda
 */
public record ModelIdentity(
        String name,
        String version,
        String sha256,
        String recipe,
        float threshold,
        int stampSize,
        List<CoaddKind> channels,
        OptionalDouble pixelScaleArcsec,
        String executionProvider) {
    public ModelIdentity {
        channels = List.copyOf(channels);
    }

    /** As metrics name it. */
    public ModelLabels inMetrics() {
        return new ModelLabels(name, version, sha256, recipe, executionProvider);
    }

    /** The pixels it was trained on, where it says their scale. */
    public Optional<PixelGrid> grid() {
        return PixelGrid.of(stampSize, pixelScaleArcsec);
    }
}
