package dev.stampede.stamps.score;

import static java.lang.Float.NaN;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import java.util.Arrays;
import java.util.Optional;

/**
 * Prepares a stamp for the model, or finds why it cannot be judged: fits its size, measures it, normalises each channel
 * on its own. Holds scratch memory: one instance a thread.
 */
final class Examination {
    private static final MaskRule MASKED = QualityMeter.MASKED;

    private final int channels;
    private final int stampSize;
    private final int plane;
    private final Normaliser normaliser;
    private final QualityMeter meter;
    private final float[] pixels;
    /** The pixels of each channel: everything that is asked of their order is asked of one ordering. */
    private final OrderedPixels[] ordered;

    private StampQuality quality = new StampQuality(NaN, NaN, NaN, NaN, NaN);

    Examination(ModelContract contract) {
        this.channels = contract.channels().size();
        this.stampSize = contract.stampSize();
        this.plane = stampSize * stampSize;
        this.normaliser = contract.recipe().newNormaliser(plane);
        this.meter = new QualityMeter(stampSize, stampSize);
        this.pixels = new float[channels * plane];
        this.ordered = new OrderedPixels[channels];
        Arrays.setAll(ordered, channel -> new OrderedPixels(plane));
    }

    /** Why the stamp cannot be judged; empty where {@link #normalised} now holds what the model is to see. */
    Optional<Abstention> examine(Stamp stamp) {
        Optional<Abstention> misfit = misfitOf(stamp);
        if (misfit.isPresent()) {
            quality = StampQuality.measure(stamp);
            return misfit;
        }
        stamp.centreCrop(stampSize).copyTo(pixels, 0);
        for (int channel = 0; channel < channels; channel++) {
            ordered[channel].load(pixels, channel * plane, MASKED);
        }
        quality = meter.measure(ordered[0], pixels, 0);
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
        for (OrderedPixels channel : ordered) {
            if (channel.count() == 0 || channel.least() == channel.greatest()) {
                return Optional.of(Abstention.BLANK);
            }
        }
        for (OrderedPixels channel : ordered) {
            if ((float) (plane - channel.count()) / plane > StampClassifier.MAX_MASKED_FRACTION) {
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

    /** What was measured on the stamp last examined, first channel, as judged, or as it came if it does not fit. */
    StampQuality quality() {
        return quality;
    }

    /** The stamp last examined as the model sees it, in channel, row, column order; overwritten by the next. */
    float[] normalised() {
        return pixels;
    }
}
