package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.MaskedPixels;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.contract.Stage;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.OrderedNormaliser;
import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns raw pixels into the input of a network, as its contract says: masked pixels, padding, normalisation. Not
 * thread-safe.
 */
public final class InputNormaliser {
    private final Preprocessing rules;
    private final int planes;
    private final int size;
    private final float[] image;
    private final float[] sorted;
    private final boolean[] maskedAfter;
    private final List<Normaliser> ofWholeInput;

    public InputNormaliser(ModelContract contract) {
        rules = contract.preprocessing();
        planes = contract.planes().size();
        size = contract.stampSize();
        image = new float[contract.input().pixels()];
        sorted = new float[size * size];
        maskedAfter = new boolean[image.length];
        ofWholeInput = normalisers(size, size);
    }

    private List<Normaliser> normalisers(int rows, int columns) {
        List<Normaliser> normalisers = new ArrayList<>();
        if (rules.isJoint()) {
            normalisers.add(rules.recipe(0).newNormaliser(planes * rows, columns));
        } else {
            for (int plane = 0; plane < planes; plane++) {
                normalisers.add(rules.recipe(plane).newNormaliser(rows, columns));
            }
        }
        return normalisers;
    }

    /**
     * Whether every plane is normalised by itself from its pixels in order, and masked pixels become 0 after that, so that
     * {@link #applyInOrder} can be used for images of full size.
     */
    public boolean isOrdered() {
        return rules.masked().equals(MaskedPixels.ZERO_AFTER)
                && ofWholeInput.stream().allMatch(OrderedNormaliser.class::isInstance);
    }

    /** A new normaliser of one plane of full size, for a model that {@link #isOrdered}. */
    public OrderedNormaliser newOrdered(int plane) {
        return (OrderedNormaliser) rules.recipe(plane).newNormaliser(size, size);
    }

    /**
     * Normalises the plane of full size at {@code pixels[plane * size * size]} in place, for a model that
     * {@link #isOrdered}.
     *
     * @param inOrder its pixels that are neither NaN nor 0
     * @return false, with zeros written, if they have no spread
     */
    boolean applyInOrder(int plane, OrderedPixels inOrder, float[] pixels) {
        OrderedNormaliser normaliser = (OrderedNormaliser) ofWholeInput.get(plane);
        int start = plane * size * size;
        boolean sameMask = normaliser.masked() == StampPreparation.MASKED || inOrder.count() == size * size;
        return sameMask
                ? normaliser.normalise(inOrder, pixels, start, pixels, start)
                : normaliser.normalise(pixels, start, pixels, start);
    }

    /**
     * Prepares an image of {@code rows x columns} pixels, each up to the size of the input.
     *
     * @param pixels all planes, in plane, row, column order; NaN is masked
     * @param target receives the input, in plane, row, column order; may be the same array
     * @return false if a plane has no spread
     */
    public boolean apply(float[] pixels, int rows, int columns, float[] target) {
        Padding padding = rules.padding();
        boolean isFull = rows == size && columns == size;
        if (isFull || padding.stage() == Stage.BEFORE) {
            place(pixels, rows, columns, padding.value(), image);
            boolean hasSpread = normalise(image, size, size, ofWholeInput);
            System.arraycopy(image, 0, target, 0, image.length);
            return hasSpread;
        }
        System.arraycopy(pixels, 0, image, 0, planes * rows * columns);
        boolean hasSpread = normalise(image, rows, columns, normalisers(rows, columns));
        place(image, rows, columns, padding.value(), target);
        return hasSpread;
    }

    /** Copies an image to its place in an input that is otherwise {@code value}. */
    private void place(float[] pixels, int rows, int columns, float value, float[] target) {
        int top = rules.padding().start(rows, size);
        int left = rules.padding().start(columns, size);
        if (rows < size || columns < size) {
            Arrays.fill(target, value);
        }
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        pixels,
                        (plane * rows + row) * columns,
                        target,
                        (plane * size + top + row) * size + left,
                        columns);
            }
        }
    }

    private boolean normalise(float[] pixels, int rows, int columns, List<Normaliser> normalisers) {
        int count = planes * rows * columns;
        MaskedPixels masked = rules.masked();
        boolean refills = masked.stage() == Stage.AFTER && masked.value() != 0;
        for (int i = 0; refills && i < count; i++) {
            maskedAfter[i] = Float.isNaN(pixels[i]);
        }
        if (masked.stage() == Stage.BEFORE) {
            replaceMasked(pixels, rows * columns, masked);
        }
        boolean hasSpread = true;
        int part = count / normalisers.size();
        for (int i = 0; i < normalisers.size(); i++) {
            hasSpread &= normalisers.get(i).normalise(pixels, i * part, pixels, i * part);
        }
        for (int i = 0; refills && i < count; i++) {
            pixels[i] = maskedAfter[i] ? masked.value() : pixels[i];
        }
        return hasSpread;
    }

    private void replaceMasked(float[] pixels, int planePixels, MaskedPixels masked) {
        for (int start = 0; start < planes * planePixels; start += planePixels) {
            float value = masked.isMedian() ? median(pixels, start, planePixels) : masked.value();
            for (int i = start; i < start + planePixels; i++) {
                if (Float.isNaN(pixels[i])) {
                    pixels[i] = value;
                }
            }
        }
    }

    /** As numpy's {@code nanmedian}; 0 if all are masked. */
    private float median(float[] pixels, int start, int planePixels) {
        int count = 0;
        for (int i = start; i < start + planePixels; i++) {
            if (!Float.isNaN(pixels[i])) {
                sorted[count++] = pixels[i];
            }
        }
        Arrays.sort(sorted, 0, count);
        return count == 0 ? 0 : (float) (((double) sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
    }
}
