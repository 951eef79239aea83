package dev.stampede.training.dataset;

/**
 * The shape of the stamps of a data set and of the input of a network.
 *
 * @param channels coadds of one candidate, 1 or more
 * @param size rows and columns, pixels, 1 or more
 */
public record StampShape(int channels, int size) {
    public StampShape {
        if (channels < 1 || size < 1) {
            throw new IllegalArgumentException("channels and size must be 1 or more, not " + channels + " and " + size);
        }
    }

    /** Pixels of one channel. */
    public int plane() {
        return size * size;
    }

    /** Pixels of all channels. */
    public int pixels() {
        return channels * plane();
    }

    @Override
    public String toString() {
        return channels + "x" + size + "x" + size;
    }
}
