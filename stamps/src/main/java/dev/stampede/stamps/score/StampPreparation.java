package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.Optional;

/**
 * Prepares a stamp for the model or finds the reason to abstain: crops it, measures its quality and normalises it. Not
 * thread-safe.
 */
final class StampPreparation {
    static final MaskRule MASKED = QualityMeter.MASKED;

    private final int planes;
    private final int size;
    private final Padding padding;
    private final float maxMaskedFraction;
    private final InputNormaliser normaliser;
    private final boolean isOrdered;
    private final QualityMeter meter;
    private final float[] pixels;
    /** The pixels of each plane, sorted once for all statistics; of the first plane only, unless the recipes use them. */
    private final OrderedPixels[] ordered;

    private PixelQuality quality = PixelQuality.NOT_MEASURED;

    StampPreparation(ModelContract contract) {
        planes = contract.planes().size();
        size = contract.stampSize();
        padding = contract.preprocessing().padding();
        maxMaskedFraction = contract.preprocessing().maxMaskedFraction();
        normaliser = new InputNormaliser(contract);
        isOrdered = normaliser.isOrdered();
        meter = new QualityMeter(size, size);
        pixels = new float[contract.input().pixels()];
        ordered = new OrderedPixels[isOrdered ? planes : 1];
        Arrays.setAll(ordered, plane -> new OrderedPixels(size * size));
    }

    /** The reason to abstain; empty if {@link #normalised} now contains the input of the model. */
    Optional<Abstention> prepare(Stamp stamp) {
        Optional<Abstention> mismatch = mismatchOf(stamp);
        if (mismatch.isPresent()) {
            quality = PixelQuality.measure(stamp);
            return mismatch;
        }
        Stamp within = stamp.centreCropWithin(size);
        boolean isFull = within.height() == size && within.width() == size;
        if (!isFull && padding.place() == Padding.Place.NONE) {
            within = padding.frame(within, size); // at the edge of a detector
            isFull = true;
        }
        within.copyTo(pixels, 0);
        return isFull && isOrdered ? prepareInOrder() : prepare(within, isFull);
    }

    private Optional<Abstention> mismatchOf(Stamp stamp) {
        if (stamp.planes() != planes) {
            return Optional.of(Abstention.MISSING_PLANE);
        }
        return padding.accepts(stamp, size) ? Optional.empty() : Optional.of(Abstention.SMALLER_THAN_MODEL);
    }

    private Optional<Abstention> prepareInOrder() {
        int planePixels = size * size;
        for (int plane = 0; plane < planes; plane++) {
            ordered[plane].load(pixels, plane * planePixels, MASKED);
        }
        quality = meter.measure(ordered[0], pixels, 0);
        for (OrderedPixels plane : ordered) {
            if (plane.count() == 0 || plane.min() == plane.max()) {
                return Optional.of(Abstention.BLANK);
            }
        }
        for (OrderedPixels plane : ordered) {
            if ((float) (planePixels - plane.count()) / planePixels > maxMaskedFraction) {
                return Optional.of(Abstention.TOO_MANY_MASKED_PIXELS);
            }
        }
        boolean hasSpread = quality.sigmaG() != 0;
        for (int plane = 0; hasSpread && plane < planes; plane++) {
            hasSpread = normaliser.applyInOrder(plane, ordered[plane], pixels);
        }
        return hasSpread ? Optional.empty() : Optional.of(Abstention.NO_SPREAD);
    }

    private Optional<Abstention> prepare(Stamp within, boolean isFull) {
        int planePixels = within.height() * within.width();
        if (isFull) {
            ordered[0].load(pixels, 0, MASKED);
            quality = meter.measure(ordered[0], pixels, 0);
        } else {
            quality = PixelQuality.measure(within);
        }
        int maxMasked = 0;
        for (int plane = 0; plane < planes; plane++) {
            int masked = maskedPixels(plane * planePixels, planePixels);
            if (masked == planePixels) {
                return Optional.of(Abstention.BLANK);
            }
            maxMasked = Math.max(maxMasked, masked);
        }
        if ((float) maxMasked / planePixels > maxMaskedFraction) {
            return Optional.of(Abstention.TOO_MANY_MASKED_PIXELS);
        }
        boolean hasSpread = quality.sigmaG() != 0 && normaliser.apply(pixels, within.height(), within.width(), pixels);
        return hasSpread ? Optional.empty() : Optional.of(Abstention.NO_SPREAD);
    }

    /** The number of masked pixels of a plane; all of them if the others have one value. */
    private int maskedPixels(int start, int count) {
        int masked = 0;
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int i = start; i < start + count; i++) {
            if (MASKED.masks(pixels[i])) {
                masked++;
            } else {
                min = Math.min(min, pixels[i]);
                max = Math.max(max, pixels[i]);
            }
        }
        return min < max ? masked : count;
    }

    /** The quality of the last stamp: first plane, after cropping, or of the original one if it does not fit. */
    PixelQuality quality() {
        return quality;
    }

    /** The last stamp, normalised, in plane, row, column order; overwritten by the next. */
    float[] normalised() {
        return pixels;
    }
}
