package dev.stampede.training.evaluate;

import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.Examples;
import java.util.Optional;
import java.util.function.IntFunction;

/** The distribution of scored stamps, against which a stream measures drift. */
public final class ReferencePopulations {
    private ReferencePopulations() {}

    /**
     * The distribution of {@code examples} of a test set; empty if they are too few.
     *
     * @param predictions the calibrated predictions of the same examples, in the same order
     */
    public static Optional<ReferencePopulation> of(Examples examples, Predictions predictions) {
        return of(predictions, i -> examples.source().stamp(examples.stampIndex(i)));
    }

    /** The distribution of stamps that a model file scored. */
    public static Optional<ReferencePopulation> of(ScoredStamps scored) {
        return of(scored.predictions(), i -> scored.source().stamp(scored.stampIndex(i)));
    }

    private static Optional<ReferencePopulation> of(Predictions predictions, IntFunction<Stamp> stamps) {
        ReferencePopulation.Builder builder = new ReferencePopulation.Builder();
        for (int i = 0; i < predictions.size(); i++) {
            Stamp stamp = stamps.apply(i);
            PixelQuality quality = PixelQuality.measure(stamp);
            float probability = predictions.probability(i, 1);
            for (Feature feature : Feature.values()) {
                builder.add(feature, feature.of(probability, quality, stamp), predictions.isReal(i));
            }
        }
        return builder.build();
    }
}
