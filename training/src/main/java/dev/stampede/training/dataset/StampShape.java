package dev.stampede.training.dataset;

/**
 * The shape of the stamps of a data set and of the input of a network.
 *
 * @param planes images of one candidate, 1 or more
 * @param size rows and columns, pixels, 1 or more
 */
public record StampShape(int planes, int size) {
    public StampShape {
        if (planes < 1 || size < 1) {
            throw new IllegalArgumentException("planes and size must be 1 or more, not " + planes + " and " + size);
        }
    }

    /** Pixels of one plane. */
    public int planePixels() {
        return size * size;
    }

    /** Pixels of all planes. */
    public int pixels() {
        return planes * planePixels();
    }

    @Override
    public String toString() {
        return planes + "x" + size + "x" + size;
    }
}
