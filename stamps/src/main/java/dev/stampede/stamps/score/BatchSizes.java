package dev.stampede.stamps.score;

import java.util.ArrayList;
import java.util.List;

/**
 * The batch sizes of the model's runs. cuDNN searches its algorithms again for every new size, so on a GPU batches are
 * padded to one of a few sizes. The padding changes no score, as stamps are scored independently.
 */
final class BatchSizes {
    /** The ratio of two sizes: few sizes to search, and up to four times the work for small batches. */
    private static final int STEP = 4;

    /** The minimum size, for which a GPU takes as long as for one stamp. An estimate; not measured. */
    private static final int MIN = 16;

    /** Ascending; the last is the capacity. */
    private final List<Integer> sizes;

    private final boolean pads;

    private BatchSizes(List<Integer> sizes, boolean pads) {
        this.sizes = List.copyOf(sizes);
        this.pads = pads;
    }

    /** Batches are not padded. */
    static BatchSizes exact(int capacity) {
        return new BatchSizes(List.of(capacity), false);
    }

    /** The capacity, a quarter of it, and so on. */
    static BatchSizes padded(int capacity) {
        List<Integer> sizes = new ArrayList<>(List.of(capacity));
        for (int size = capacity / STEP; size >= MIN; size /= STEP) {
            sizes.add(0, size);
        }
        return new BatchSizes(sizes, true);
    }

    /** The size of the run for {@code count} stamps, up to the capacity. */
    int sizeFor(int count) {
        if (pads) {
            for (int size : sizes) {
                if (size >= count) {
                    return size;
                }
            }
        }
        return count;
    }

    /** The sizes to run once before the first alert, ascending; the last is the capacity. */
    List<Integer> toWarm() {
        return sizes;
    }
}
