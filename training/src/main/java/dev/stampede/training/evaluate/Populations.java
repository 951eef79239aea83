package dev.stampede.training.evaluate;

import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import dev.stampede.training.dataset.Examples;
import java.util.Optional;
import java.util.function.IntFunction;

/** How the stamps that a model was measured on are distributed, for a stream to measure its drift against. */
public final class Populations {
    private Populations() {}

    /**
     * That of {@code examples}, which the network has not seen; empty where they are too few.
     *
     * @param predictions of the same examples, in the same order, calibrated
     */
    public static Optional<ReferencePopulation> of(Examples examples, Predictions predictions) {
        return of(predictions, i -> examples.source().stamp(examples.stampIndex(i)));
    }

    /** That of stamps that a model file judged. */
    public static Optional<ReferencePopulation> of(JudgedStamps judged) {
        return of(judged.predictions(), i -> judged.source().stamp(judged.stampIndex(i)));
    }

    private static Optional<ReferencePopulation> of(Predictions predictions, IntFunction<Stamp> stamps) {
        ReferencePopulation.Builder builder = new ReferencePopulation.Builder();
        for (int i = 0; i < predictions.size(); i++) {
            Stamp stamp = stamps.apply(i);
            StampQuality quality = StampQuality.measure(stamp);
            float probability = predictions.probability(i, 1);
            for (Feature feature : Feature.values()) {
                builder.add(feature, feature.of(probability, quality, stamp), predictions.isReal(i));
            }
        }
        return builder.build();
    }
}
