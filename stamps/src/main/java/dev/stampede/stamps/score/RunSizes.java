package dev.stampede.stamps.score;

import java.util.ArrayList;
import java.util.List;

/**
 * How many stamps one run of the model takes. cuDNN searches its algorithms anew for every size it meets, so on a GPU
 * batches are filled up to one of a few sizes. What fills them is scored too and read by nobody; stamps do not see each
 * other, so it changes no score.
 */
final class RunSizes {
    /** Between two sizes: few of them to search, and at most four times the work where there is least of it. */
    private static final int STEP = 4;

    /** No size is smaller, as a GPU takes as long for one stamp as for this many. An estimate; not measured. */
    private static final int LEAST = 16;

    /** Ascending; the last is the capacity. */
    private final List<Integer> sizes;

    private final boolean pads;

    private RunSizes(List<Integer> sizes, boolean pads) {
        this.sizes = List.copyOf(sizes);
        this.pads = pads;
    }

    /** Each batch runs as it is. */
    static RunSizes exact(int capacity) {
        return new RunSizes(List.of(capacity), false);
    }

    /** The capacity, a quarter of it, and so on. */
    static RunSizes padded(int capacity) {
        List<Integer> sizes = new ArrayList<>(List.of(capacity));
        for (int size = capacity / STEP; size >= LEAST; size /= STEP) {
            sizes.add(0, size);
        }
        return new RunSizes(sizes, true);
    }

    /** The size of the run for {@code count} stamps: that many or more, never above the capacity. */
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

    /** The sizes worth a run before the first alert, ascending; the last is the capacity. */
    List<Integer> toWarm() {
        return sizes;
    }
}
