package dev.stampede.stamps.adopt;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Percentiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scores of golden stamps, computed by the code that serves, next to the expected ones.
 *
 * @param compared those that were scored
 * @param abstained those that were not, with the reason
 */
public record GoldenComparison(List<Compared> compared, List<String> abstained) {
    private static final int BATCH = 64;

    /** The maximum number of golden stamps in a model file: each has tens of kilobytes. */
    private static final int MAX_GOLDEN = 8;

    public GoldenComparison {
        compared = List.copyOf(compared);
        abstained = List.copyOf(abstained);
    }

    /** A golden stamp and its computed score. */
    public record Compared(GoldenScore golden, float computed) {
        public double difference() {
            return Math.abs(computed - golden.expected());
        }
    }

    /** Scores {@code golden} with the graph in {@code model} under {@code contract}. */
    public static GoldenComparison of(ModelFile model, ModelContract contract, List<GoldenScore> golden) {
        List<Compared> compared = new ArrayList<>();
        List<String> abstained = new ArrayList<>();
        try (StampModel opened = StampModel.openUnverified(model, contract);
                StampPredictor predictor = opened.newPredictor(BATCH)) {
            List<Prediction> predictions =
                    predictor.predict(golden.stream().map(GoldenScore::stamp).toList());
            for (int i = 0; i < golden.size(); i++) {
                if (predictions.get(i) instanceof Scored scored) {
                    compared.add(new Compared(golden.get(i), scored.probability()));
                } else if (predictions.get(i) instanceof Abstained one) {
                    abstained.add(golden.get(i).name() + ": " + one.describe());
                }
            }
        }
        return new GoldenComparison(compared, abstained);
    }

    /** The largest difference; infinity if no stamp was scored. */
    public double largest() {
        return compared.stream().mapToDouble(Compared::difference).max().orElse(Double.POSITIVE_INFINITY);
    }

    /** The median difference; NaN if no stamp was scored. */
    public double median() {
        return compared.isEmpty()
                ? Double.NaN
                : Percentiles.median(
                        compared.stream().mapToDouble(Compared::difference).toArray());
    }

    /** Whether every stamp was scored, and within {@code tolerance} of the expected score. */
    public boolean isWithin(double tolerance) {
        return abstained.isEmpty() && largest() <= tolerance;
    }

    /** The {@code count} stamps with the largest differences, the largest first. */
    public List<Compared> worst(int count) {
        return compared.stream()
                .sorted(Comparator.comparingDouble(Compared::difference).reversed())
                .limit(count)
                .toList();
    }

    /** Golden stamps of a model of {@code size} for its file, with scores as evenly spread as possible. */
    List<GoldenStamp> golden(int size) {
        Set<Compared> chosen = new LinkedHashSet<>();
        for (int i = 0; i < MAX_GOLDEN; i++) {
            double wanted = (i + 0.5) / MAX_GOLDEN;
            compared.stream()
                    .filter(one -> !chosen.contains(one))
                    .min(Comparator.comparingDouble(one -> Math.abs(one.computed() - wanted)))
                    .ifPresent(chosen::add);
        }
        return chosen.stream()
                .map(one -> new GoldenStamp(one.golden().stamp().centreCropWithin(size), one.computed()))
                .toList();
    }
}
