package dev.stampede.stamps.explain;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.normalise.PatchNormaliser;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/** The occlusion of one stamp: hides its pixels, collects the probabilities and computes the map. Reused. */
final class OccludedStamp {
    private final OcclusionSettings settings;
    private final PatchPositions positions;
    private final int size;
    private final float[] pixels;
    private final PatchNormaliser[] channels;
    private final float[][] fills;
    private final OrderedPixels scratch;
    private final QualityMeter meter;
    private final PositionSearch search;
    private final float[] values;
    private final float[] map;
    private Aperture aperture = new Aperture(0, 0, 0);

    OccludedStamp(ModelContract contract, OcclusionSettings settings, PatchPositions positions) {
        this.settings = settings;
        this.positions = positions;
        size = contract.stampSize();
        int plane = size * size;
        pixels = new float[contract.planes().size() * plane];
        channels = new PatchNormaliser[contract.planes().size()];
        Arrays.setAll(channels, channel -> new PatchNormaliser(contract.recipe(), plane));
        fills = new float[channels.length][plane];
        scratch = new OrderedPixels(plane);
        meter = new QualityMeter(size, size);
        search = settings.search().newSearch(positions.side());
        values = new float[positions.count()];
        map = new float[plane];
    }

    /** Begins with a stamp of the model's channels, of its size or larger, and its original prediction. */
    void load(Stamp stamp, Scored original) {
        stamp.centreCrop(size).copyTo(pixels, 0);
        for (int channel = 0; channel < channels.length; channel++) {
            int offset = channel * size * size;
            channels[channel].load(pixels, offset);
            if (settings.definition() == Definition.NOTEBOOK) {
                Arrays.fill(fills[channel], 0f); // mrequestedBefore pixels too, as the chapter's loop does
            } else {
                settings.fill().paint(fills[channel], pixels, offset, scratch, settings.seed());
            }
        }
        aperture = findAperture();
        search.begin(original.probability());
    }

    private Aperture findAperture() {
        meter.measure(pixels, 0);
        boolean hasLight = !Double.isNaN(meter.centroidRow());
        int centre = size / 2;
        return new Aperture(
                hasLight ? meter.centroidRow() : centre,
                hasLight ? meter.centroidColumn() : centre,
                (Aperture.TYPICAL_FWHM_PIXELS + settings.patch()) / 2);
    }

    /** Selects the positions to score and collects their probabilities. */
    PositionSearch search() {
        return search;
    }

    /**
     * Writes the normalised stamp with the patch at {@code position}; zeros if the rest cannot be normalised.
     */
    void occlude(int position, float[] target) {
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel].normalise(positions.hidden(position), fills[channel], target, channel * size * size);
        }
    }

    /** The map after a complete search. */
    OcclusionResult map(Scored original) {
        boolean real = original.verdict() == Verdict.REAL;
        for (int position = 0; position < values.length; position++) {
            float occluded = search.probability(position);
            float drop = real ? original.probability() - occluded : occluded - original.probability();
            values[position] = settings.definition() == Definition.NOTEBOOK ? 1 - occluded : drop;
        }
        if (settings.definition() == Definition.NOTEBOOK) {
            positions.frame(values, map);
        } else {
            positions.spread(values, map);
        }
        return new OcclusionResult(
                Grid.of(positions.side(), positions.side(), values),
                Grid.of(size, size, map),
                aperture,
                aperture.shareOf(map, size),
                search.passes());
    }
}
