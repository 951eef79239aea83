package dev.stampede.stamps.score;

import static java.lang.Float.NaN;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.Optional;

/**
 * Prepares a stamp for the model or finds the reason to abstain: crops it, measures its quality and normalises each
 * channel independently. Not thread-safe.
 */
final class StampPreparation {
    private static final MaskRule MASKED = QualityMeter.MASKED;

    private final int channels;
    private final int stampSize;
    private final int plane;
    private final Normaliser normaliser;
    private final QualityMeter meter;
    private final float[] pixels;
    /** The pixels of each channel, sorted once for all statistics. */
    private final OrderedPixels[] ordered;

    private PixelQuality quality = new PixelQuality(NaN, NaN, NaN, NaN, NaN);

    StampPreparation(ModelContract contract) {
        this.channels = contract.planes().size();
        this.stampSize = contract.stampSize();
        this.plane = stampSize * stampSize;
        this.normaliser = contract.recipe().newNormaliser(plane);
        this.meter = new QualityMeter(stampSize, stampSize);
        this.pixels = new float[channels * plane];
        this.ordered = new OrderedPixels[channels];
        Arrays.setAll(ordered, channel -> new OrderedPixels(plane));
    }

    /** The reason to abstain; empty if {@link #normalised} now contains the input of the model. */
    Optional<Abstention> prepare(Stamp stamp) {
        Optional<Abstention> mismatch = mismatchOf(stamp);
        if (mismatch.isPresent()) {
            quality = PixelQuality.measure(stamp);
            return mismatch;
        }
        stamp.centreCrop(stampSize).copyTo(pixels, 0);
        for (int channel = 0; channel < channels; channel++) {
            ordered[channel].load(pixels, channel * plane, MASKED);
        }
        quality = meter.measure(ordered[0], pixels, 0);
        Optional<Abstention> masked = faultOfMask();
        return masked.isPresent() ? masked : normalise();
    }

    private Optional<Abstention> mismatchOf(Stamp stamp) {
        if (stamp.planes() != channels) {
            return Optional.of(Abstention.MISSING_PLANE);
        }
        if (stamp.height() < stampSize || stamp.width() < stampSize) {
            return Optional.of(Abstention.SMALLER_THAN_MODEL);
        }
        return Optional.empty();
    }

    /** BLANK or TOO_MANY_MASKED_PIXELS if a channel is so. */
    private Optional<Abstention> faultOfMask() {
        for (OrderedPixels channel : ordered) {
            if (channel.count() == 0 || channel.min() == channel.max()) {
                return Optional.of(Abstention.BLANK);
            }
        }
        for (OrderedPixels channel : ordered) {
            if ((float) (plane - channel.count()) / plane > Abstention.MAX_MASKED_FRACTION) {
                return Optional.of(Abstention.TOO_MANY_MASKED_PIXELS);
            }
        }
        return Optional.empty();
    }

    private Optional<Abstention> normalise() {
        if (quality.sigmaG() == 0) {
            return Optional.of(Abstention.NO_SPREAD);
        }
        for (int channel = 0; channel < channels; channel++) {
            if (!normalise(ordered[channel], channel * plane)) {
                return Optional.of(Abstention.NO_SPREAD);
            }
        }
        return Optional.empty();
    }

    private boolean normalise(OrderedPixels inOrder, int start) {
        boolean sameMask = normaliser.masked() == MASKED || inOrder.count() == plane;
        return sameMask
                ? normaliser.normalise(inOrder, pixels, start, pixels, start)
                : normaliser.normalise(pixels, start, pixels, start);
    }

    /** The quality of the last stamp: first channel, after cropping, or of the original one if it does not fit. */
    PixelQuality quality() {
        return quality;
    }

    /** The last stamp, normalised, in channel, row, column order; overwritten by the next. */
    float[] normalised() {
        return pixels;
    }
}
