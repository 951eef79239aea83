package dev.stampede.stamps.explain;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.normalise.PatchNormaliser;
import dev.stampede.stamps.score.InputNormaliser;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/** The occlusion of one stamp: hides its pixels, collects the probabilities and computes the map. Reused. */
final class OccludedStamp {
    private final OcclusionSettings settings;
    private final PatchPositions positions;
    private final int size;
    private final Padding padding;
    /** The stamp on the pixels of the model's input, masked where it is padded. */
    private final float[] pixels;

    private final InputNormaliser normaliser;
    /** By plane, if the model's recipes use the pixels in order. */
    private final PatchNormaliser[] inOrder;

    private final float[][] fills;
    /** The stamp with the patch, without padding. */
    private final float[] patched;

    private final OrderedPixels scratch;
    private final QualityMeter meter;
    private final PositionSearch search;
    private final float[] values;
    private final float[] map;
    private CandidateFeatures features = CandidateFeatures.NONE;
    private Aperture aperture = new Aperture(0, 0, 0);
    private int rows;
    private int columns;

    OccludedStamp(ModelContract contract, OcclusionSettings settings, PatchPositions positions) {
        this.settings = settings;
        this.positions = positions;
        size = contract.stampSize();
        padding = contract.preprocessing().padding();
        int planePixels = size * size;
        pixels = new float[contract.input().pixels()];
        patched = new float[pixels.length];
        normaliser = new InputNormaliser(contract);
        inOrder = new PatchNormaliser[normaliser.isOrdered() ? contract.planes().size() : 0];
        Arrays.setAll(inOrder, plane -> new PatchNormaliser(normaliser.newOrdered(plane), planePixels));
        fills = new float[contract.planes().size()][planePixels];
        scratch = new OrderedPixels(planePixels);
        meter = new QualityMeter(size, size);
        search = settings.search().newSearch(positions.side());
        values = new float[positions.count()];
        map = new float[planePixels];
    }

    /** What is known of the candidate, which no patch changes. */
    CandidateFeatures features() {
        return features;
    }

    /** Begins with a stamp that the model scored, and its original prediction. */
    void load(Stamp stamp, Scored original) {
        features = stamp.features();
        Stamp within = stamp.centreCropWithin(size);
        boolean isPadded = padding.place() != Padding.Place.NONE;
        rows = isPadded ? within.height() : size;
        columns = isPadded ? within.width() : size;
        padding.frame(within, size).copyTo(pixels, 0);
        for (int plane = 0; plane < fills.length; plane++) {
            int offset = plane * size * size;
            if (isInOrder()) {
                inOrder[plane].load(pixels, offset);
            }
            if (settings.definition() == Definition.NOTEBOOK) {
                Arrays.fill(fills[plane], 0f); // masked pixels too, as the chapter's loop does
            } else {
                settings.fill().paint(fills[plane], pixels, offset, scratch, settings.seed());
            }
        }
        aperture = findAperture();
        search.begin(original.probability());
    }

    private boolean isInOrder() {
        return inOrder.length > 0 && rows == size && columns == size;
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
     * Writes the normalised stamp with the patch at {@code position}, which hides the same pixels of all planes; zeros if
     * the rest cannot be normalised.
     */
    void occlude(int position, float[] target) {
        int[] hidden = positions.hidden(position);
        if (isInOrder()) {
            for (int plane = 0; plane < inOrder.length; plane++) {
                inOrder[plane].normalise(hidden, fills[plane], target, plane * size * size);
            }
            return;
        }
        System.arraycopy(pixels, 0, target, 0, pixels.length);
        for (int plane = 0; plane < fills.length; plane++) {
            for (int pixel : hidden) {
                target[plane * size * size + pixel] = fills[plane][pixel];
            }
        }
        int top = padding.start(rows, size);
        int left = padding.start(columns, size);
        for (int line = 0; line < fills.length * rows; line++) {
            int source = (line / rows * size + top + line % rows) * size + left;
            System.arraycopy(target, source, patched, line * columns, columns);
        }
        if (!normaliser.apply(patched, rows, columns, target)) {
            Arrays.fill(target, 0f);
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
