package dev.stampede.stamps.results.format;

import java.util.List;
import java.util.Optional;

/**
 * The shape of the cells of a column of arrays; a vector is one row.
 *
 * @param exposures images in a cell, 1 or more
 * @param height rows of an image, 1 or more
 * @param width columns of an image, 1 or more
 */
public record ArrayShape(int exposures, int height, int width) {
    public ArrayShape {
        if (exposures < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("a shape of " + exposures + "x" + height + "x" + width);
        }
    }

    /** The shape with these lengths of the axes; empty unless there are one to three, all 1 or more. */
    public static Optional<ArrayShape> of(List<Integer> axes) {
        if (axes.isEmpty() || axes.size() > 3 || axes.stream().anyMatch(length -> length < 1)) {
            return Optional.empty();
        }
        int last = axes.size() - 1;
        return Optional.of(
                new ArrayShape(last == 2 ? axes.get(0) : 1, last == 0 ? 1 : axes.get(last - 1), axes.get(last)));
    }

    /** A vector of square length as the image that was flattened; otherwise the same. */
    public ArrayShape unflattened() {
        int side = (int) Math.round(Math.sqrt(width));
        return exposures == 1 && height == 1 && side * side == width ? new ArrayShape(1, side, side) : this;
    }

    /** The number of elements. */
    public int size() {
        return Math.multiplyExact(exposures, Math.multiplyExact(height, width));
    }

    @Override
    public String toString() {
        return (exposures == 1 ? "" : exposures + "x") + height + "x" + width;
    }
}
