package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;

/**
 * Normalises one plane repeatedly with a few of its pixels replaced. The pixels are sorted once; for each patch the
 * hidden ones are removed from the order and the replacements inserted, so that every statistic is exact and cheap. The
 * result is that of the recipe's {@link Normaliser} to float rounding.
 *
 * <p>Not thread-safe.
 */
public final class PatchNormaliser {
    /**
     * If less than this share of the sums remains, as when the brightest pixel is hidden, they are computed again: their
     * rounding error of some 1e-14 would exceed 1e-10 of the remainder.
     */
    private static final double MIN_REMAINDER = 1e-4;

    private final OrderedNormaliser recipe;
    private final MaskRule rule;
    private final OrderedPixels ordered;
    private final float[] original;
    private final float[] patched;
    /** The unmasked pixels of the original, and their number. */
    private final float[] ascending;

    private int count;
    /** By pixel: its rank among the unmasked; -1 if masked. */
    private final int[] rankOf;
    /** By rank: 1 if the pixel stays, 0 if it is replaced. */
    private final int[] stays;

    /** Over the unmasked pixels of the original: its median, and the sums of the differences from it. */
    private double median;

    private double sum;
    private double squares;

    private final long[] keys;
    private final float[] order;
    private final float[] inserted;

    /** For planes of {@code pixels} pixels each, normalised by {@code recipe}, which is not used elsewhere. */
    public PatchNormaliser(OrderedNormaliser recipe, int pixels) {
        this.recipe = recipe;
        this.rule = this.recipe.masked();
        ordered = new OrderedPixels(pixels);
        original = new float[pixels];
        patched = new float[pixels];
        ascending = new float[pixels];
        rankOf = new int[pixels];
        stays = new int[pixels];
        keys = new long[pixels];
        order = new float[pixels];
        inserted = new float[pixels];
        Arrays.fill(stays, 1);
    }

    /** Loads the plane that starts at {@code pixels[offset]}. */
    public void load(float[] pixels, int offset) {
        System.arraycopy(pixels, offset, original, 0, original.length);
        System.arraycopy(pixels, offset, patched, 0, original.length);
        Arrays.fill(rankOf, -1);
        count = 0;
        for (int pixel = 0; pixel < original.length; pixel++) {
            if (!rule.masks(original[pixel])) {
                keys[count++] = (long) sortable(original[pixel]) << Integer.SIZE | pixel;
            }
        }
        Arrays.sort(keys, 0, count);
        for (int rank = 0; rank < count; rank++) {
            int pixel = (int) keys[rank];
            rankOf[pixel] = rank;
            ascending[rank] = original[pixel];
        }
        sumUp();
    }

    private void sumUp() {
        median = count > 0 ? ascending[count / 2] : 0;
        sum = 0;
        squares = 0;
        for (int rank = 0; rank < count; rank++) {
            double excess = ascending[rank] - median;
            sum += excess;
            squares += excess * excess;
        }
    }

    /** An int in the order of the floats: the bits of negative floats descend. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
    }

    /**
     * Normalises the plane with the pixels {@code hidden}, each named once, replaced by those of {@code fill}, into
     * {@code target[targetOffset...]}.
     *
     * @param fill a whole plane, of which the hidden pixels are read
     * @return false, with zeros written, if the unmasked pixels have no spread
     */
    public boolean normalise(int[] hidden, float[] fill, float[] target, int targetOffset) {
        int insertions = 0;
        double patchedSum = sum;
        double patchedSquares = squares;
        for (int pixel : hidden) {
            float value = fill[pixel];
            patched[pixel] = value;
            if (rankOf[pixel] >= 0) {
                stays[rankOf[pixel]] = 0;
                double excess = original[pixel] - median;
                patchedSum -= excess;
                patchedSquares -= excess * excess;
            }
            if (!rule.masks(value)) {
                inserted[insertions++] = value;
                double excess = value - median;
                patchedSum += excess;
                patchedSquares += excess * excess;
            }
        }
        int remaining = insert(insertions, compact());
        if (patchedSquares > MIN_REMAINDER * squares) {
            ordered.take(order, remaining, median, patchedSum, patchedSquares);
        } else if (remaining > 0) {
            ordered.take(order, remaining);
        }
        boolean formed = remaining > 0 && recipe.normalise(ordered, patched, 0, target, targetOffset);
        if (!formed) {
            Arrays.fill(target, targetOffset, targetOffset + original.length, 0f);
        }
        restore(hidden);
        return formed;
    }

    /** Copies the remaining pixels in order, without a branch, and returns their number. */
    private int compact() {
        int kept = 0;
        for (int rank = 0; rank < count; rank++) {
            order[kept] = ascending[rank];
            kept += stays[rank];
        }
        return kept;
    }

    /** Merges the inserted values with the {@code kept} ones, the maximum first, and returns their total number. */
    private int insert(int insertions, int kept) {
        Arrays.sort(inserted, 0, insertions);
        int unmoved = kept;
        for (int left = insertions; left > 0; left--) {
            int place = placeOf(inserted[left - 1], unmoved);
            System.arraycopy(order, place, order, place + left, unmoved - place);
            order[place + left - 1] = inserted[left - 1];
            unmoved = place;
        }
        return kept + insertions;
    }

    /** The number of the first {@code end} sorted values that are not above {@code value}. */
    private int placeOf(float value, int end) {
        if (end == 0 || order[end - 1] <= value) { // true for all but the first of equal values
            return end;
        }
        int low = 0;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void restore(int[] hidden) {
        for (int pixel : hidden) {
            patched[pixel] = original[pixel];
            if (rankOf[pixel] >= 0) {
                stays[rankOf[pixel]] = 1;
            }
        }
    }
}
