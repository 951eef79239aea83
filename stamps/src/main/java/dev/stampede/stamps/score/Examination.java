package dev.stampede.stamps.score;

import static java.lang.Float.NaN;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import java.util.Optional;

/**
 * Prepares a stamp for the model, or finds why it cannot be judged: fits its size, measures it, normalises each channel
 * on its own. Holds scratch memory: one instance a thread.
 */
final class Examination {
    private static final MaskRule MASKED = MaskRule.NOT_FINITE_OR_ZERO;

    private final int channels;
    private final int stampSize;
    private final Normaliser normaliser;
    private final QualityMeter meter;
    private final float[] pixels;
    private StampQuality quality = new StampQuality(NaN, NaN, NaN, NaN, NaN);

    Examination(ModelContract contract) {
        this.channels = contract.channels().size();
        this.stampSize = contract.stampSize();
        this.normaliser = contract.recipe().newNormaliser(stampSize * stampSize);
        this.meter = new QualityMeter(stampSize, stampSize);
        this.pixels = new float[channels * stampSize * stampSize];
    }

    /** Why the stamp cannot be judged; empty where {@link #normalised} now holds what the model is to see. */
    Optional<Abstention> examine(Stamp stamp) {
        Optional<Abstention> misfit = misfitOf(stamp);
        if (misfit.isPresent()) {
            quality = StampQuality.measure(stamp);
            return misfit;
        }
        stamp.centreCrop(stampSize).copyTo(pixels, 0);
        quality = meter.measure(pixels, 0);
        Optional<Abstention> masked = faultOfMask();
        return masked.isPresent() ? masked : normalise();
    }

    private Optional<Abstention> misfitOf(Stamp stamp) {
        if (stamp.channels() != channels) {
            return Optional.of(Abstention.CHANNEL_MISSING);
        }
        if (stamp.height() < stampSize || stamp.width() < stampSize) {
            return Optional.of(Abstention.SMALLER_THAN_MODEL);
        }
        return Optional.empty();
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
        float first = NaN;
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

    /** What was measured on the stamp last examined, first channel, as judged, or as it came if it does not fit. */
    StampQuality quality() {
        return quality;
    }

    /** The stamp last examined as the model sees it, in channel, row, column order; overwritten by the next. */
    float[] normalised() {
        return pixels;
    }
}
