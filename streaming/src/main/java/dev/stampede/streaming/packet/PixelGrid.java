package dev.stampede.streaming.packet;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The pixel grid that a model was trained on.
 *
 * @param size number of rows and of columns
 * @param pixelScaleArcsec the side of a pixel, arcseconds
 */
public record PixelGrid(int size, double pixelScaleArcsec) {
    /** The grid of a model, if its pixel scale is known. */
    public static Optional<PixelGrid> of(int size, OptionalDouble pixelScaleArcsec) {
        return pixelScaleArcsec.isPresent()
                ? Optional.of(new PixelGrid(size, pixelScaleArcsec.getAsDouble()))
                : Optional.empty();
    }
}
