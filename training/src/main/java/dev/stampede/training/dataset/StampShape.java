package dev.stampede.training.dataset;

/**
 * The shape of every stamp of a data set, and of a network's input.
 *
 * @param channels coadds of one candidate, at least 1
 * @param size rows and columns, pixels, at least 1
 */
public record StampShape(int channels, int size) {
    public StampShape {
        if (channels < 1 || size < 1) {
            throw new IllegalArgumentException("no stamp has " + channels + " channels of " + size + " pixels a side");
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
