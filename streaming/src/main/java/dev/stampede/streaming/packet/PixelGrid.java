package dev.stampede.streaming.packet;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pixels a model was trained on.
 *
 * @param size rows and columns
 * @param pixelScaleArcsec the side of one, arcseconds
 */
public record PixelGrid(int size, double pixelScaleArcsec) {
    /** The grid of a model, where it says its pixel scale. */
    public static Optional<PixelGrid> of(int size, OptionalDouble pixelScaleArcsec) {
        return pixelScaleArcsec.isPresent()
                ? Optional.of(new PixelGrid(size, pixelScaleArcsec.getAsDouble()))
                : Optional.empty();
    }
}
