package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import java.util.Optional;

/**
 * Prepares a stamp for the model, or finds why it cannot be judged: fits its size, measures it, normalises each channel
 * on its own. Holds scratch memory: one instance a thread.
 */
final class Examination {
    /** The quality of a stamp that does not fit the model, so that there is no stamp as judged. */
    private static final StampQuality UNMEASURED =
            new StampQuality(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    private static final MaskRule MASKED = MaskRule.NOT_FINITE_OR_ZERO;

    private final int channels;
    private final int stampSize;
    private final Normaliser normaliser;
    private final OrderedPixels ordered;
    private final float[] pixels;
    private StampQuality quality = UNMEASURED;

    Examination(ModelContract contract) {
        this.channels = contract.channels().size();
        this.stampSize = contract.stampSize();
        this.normaliser = contract.recipe().newNormaliser(stampSize * stampSize);
        this.ordered = new OrderedPixels(stampSize * stampSize);
        this.pixels = new float[channels * stampSize * stampSize];
    }

    /** Why the stamp cannot be judged; empty where {@link #normalised} now holds what the model is to see. */
    Optional<Abstention> examine(Stamp stamp) {
        quality = UNMEASURED;
        if (stamp.channels() != channels) {
            return Optional.of(Abstention.CHANNEL_MISSING);
        }
        if (stamp.height() < stampSize || stamp.width() < stampSize) {
            return Optional.of(Abstention.SMALLER_THAN_MODEL);
        }
        stamp.centreCrop(stampSize).copyTo(pixels, 0);
        quality = measure();
        Optional<Abstention> masked = faultOfMask();
        return masked.isPresent() ? masked : normalise();
    }

    private StampQuality measure() {
        int plane = stampSize * stampSize;
        int unmasked = ordered.load(pixels, 0, MASKED);
        float maskedFraction = (float) (plane - unmasked) / plane;
        if (unmasked == 0) {
            return new StampQuality(Float.NaN, Float.NaN, maskedFraction, Float.NaN, Float.NaN);
        }
        double median = ordered.percentile(0.5);
        double sigmaG = ordered.sigmaG();
        double peak = sigmaG > 0 ? (ordered.greatest() - median) / sigmaG : Double.NaN;
        return new StampQuality((float) median, (float) sigmaG, maskedFraction, (float) peak, Float.NaN);
    }

    /** BLANK or TOO_MANY_MASKED_PIXELS, where that holds of a channel. */
    private Optional<Abstention> faultOfMask() {
        int plane = stampSize * stampSize;
        for (int start = 0; start < pixels.length; start += plane) {
            if (isBlank(start, plane)) {
                return Optional.of(Abstention.BLANK);
            }
        }
        for (int start = 0; start < pixels.length; start += plane) {
            if (maskedFraction(start, plane) > StampClassifier.MAX_MASKED_FRACTION) {
                return Optional.of(Abstention.TOO_MANY_MASKED_PIXELS);
            }
        }
        return Optional.empty();
    }

    /** Whether the unmasked pixels of a channel, if any, have one value. */
    private boolean isBlank(int start, int plane) {
        float first = Float.NaN;
        for (int i = start; i < start + plane; i++) {
            if (!MASKED.masks(pixels[i])) {
                if (!Float.isNaN(first) && pixels[i] != first) {
                    return false;
                }
                first = pixels[i];
            }
        }
        return true;
    }

    private float maskedFraction(int start, int plane) {
        int masked = 0;
        for (int i = start; i < start + plane; i++) {
            masked += MASKED.masks(pixels[i]) ? 1 : 0;
        }
        return (float) masked / plane;
    }

    private Optional<Abstention> normalise() {
        if (quality.sigmaG() == 0) {
            return Optional.of(Abstention.NO_SPREAD);
        }
        int plane = stampSize * stampSize;
        for (int start = 0; start < pixels.length; start += plane) {
            if (!normaliser.normalise(pixels, start, pixels, start)) {
                return Optional.of(Abstention.NO_SPREAD);
            }
        }
        return Optional.empty();
    }

    /** What was measured on the stamp last examined, first channel; all NaN where it does not fit the model. */
    StampQuality quality() {
        return quality;
    }

    /** The stamp last examined as the model sees it, in channel, row, column order; overwritten by the next. */
    float[] normalised() {
        return pixels;
    }
}
