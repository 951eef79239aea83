package dev.stampede.training.evaluate;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The predictions of a model file for labelled stamps, and the number of its abstentions. */
public final class ScoredStamps {
    private static final int BATCH = 1024;

    /** Half the distance from 1 to the float below it: the rounding error of a probability of 1. */
    private static final double ROUNDING = Math.ulp(1f) / 4;

    private final LabelledStamps source;
    private final int sourcePlane;
    private final int[] indices;
    private final Predictions predictions;
    private final Map<Abstention, Integer> realAbstentions;
    private final Map<Abstention, Integer> bogusAbstentions;

    private ScoredStamps(
            LabelledStamps source,
            int sourcePlane,
            int[] indices,
            Predictions predictions,
            Map<Abstention, Integer> realAbstentions,
            Map<Abstention, Integer> bogusAbstentions) {
        this.source = source;
        this.sourcePlane = sourcePlane;
        this.indices = indices;
        this.predictions = predictions;
        this.realAbstentions = realAbstentions;
        this.bogusAbstentions = bogusAbstentions;
    }

    /**
     * Scores the stamps at {@code chosen} of {@code stamps}, in that order.
     *
     * @param progress receives the number of stamps of each batch that was scored
     * @throws InvalidDataException if the scored stamps are not of both classes
     */
    public static ScoredStamps of(StampModel model, LabelledStamps stamps, int[] chosen, IntConsumer progress) {
        double[] logOdds = new double[chosen.length];
        int[] indices = new int[chosen.length];
        Map<Abstention, Integer> real = new EnumMap<>(Abstention.class);
        Map<Abstention, Integer> bogus = new EnumMap<>(Abstention.class);
        int kept = 0;
        List<Prediction> all = predict(model, stamps, chosen, progress);
        for (int i = 0; i < chosen.length; i++) {
            int index = chosen[i];
            if (all.get(i) instanceof Scored scored) {
                indices[kept] = index;
                logOdds[kept++] = logOdds(scored.probability());
            } else {
                all.get(i)
                        .abstention()
                        .ifPresent(reason -> (stamps.isReal(index) ? real : bogus).merge(reason, 1, Integer::sum));
            }
        }
        int[] keptIndices = Arrays.copyOf(indices, kept);
        boolean[] labels = new boolean[kept];
        for (int i = 0; i < kept; i++) {
            labels[i] = stamps.isReal(keptIndices[i]);
        }
        Predictions predictions = Predictions.of(Arrays.copyOf(logOdds, kept), labels);
        requireBothClasses(predictions, chosen.length);
        int sourcePlane = Plane.clearest(model.contract().planes());
        return new ScoredStamps(stamps, sourcePlane, keptIndices, predictions, real, bogus);
    }

    /**
     * The predictions for the stamps at {@code chosen} of {@code stamps}, in that order.
     *
     * @param progress receives the number of stamps of each batch that was scored
     */
    public static List<Prediction> predict(
            StampModel model, LabelledStamps stamps, int[] chosen, IntConsumer progress) {
        List<Prediction> predictions = new ArrayList<>(chosen.length);
        try (StampPredictor predictor = model.newPredictor(BATCH)) {
            for (int start = 0; start < chosen.length; start += BATCH) {
                List<Prediction> batch = predictor.predict(batch(stamps, chosen, start));
                predictions.addAll(batch);
                progress.accept(batch.size());
            }
        }
        return predictions;
    }

    private static List<Stamp> batch(LabelledStamps stamps, int[] chosen, int start) {
        List<Stamp> batch = new ArrayList<>(BATCH);
        for (int i = start; i < Math.min(start + BATCH, chosen.length); i++) {
            batch.add(stamps.stamp(chosen[i]));
        }
        return batch;
    }

    /** The log-odds of {@code probability}; finite for every float from 0 to 1. */
    public static double logOdds(float probability) {
        double real = Math.max(probability, Float.MIN_NORMAL);
        double bogus = Math.max(1 - (double) probability, ROUNDING);
        return Math.log(real) - Math.log(bogus);
    }

    private static void requireBothClasses(Predictions predictions, int stamps) {
        long real = IntStream.range(0, predictions.size())
                .filter(predictions::isReal)
                .count();
        if (real == 0 || real == predictions.size()) {
            throw new InvalidDataException("Of " + stamps + " stamps the model scores " + real + " real and "
                    + (predictions.size() - real) + " bogus ones and abstains on the others; both classes are needed.");
        }
    }

    public LabelledStamps source() {
        return source;
    }

    /** The index of the plane of the stamps that shows a source best. */
    int sourcePlane() {
        return sourcePlane;
    }

    /** The calibrated predictions of the scored stamps. */
    public Predictions predictions() {
        return predictions;
    }

    /** The index of the stamp of a prediction in {@link #source()}. */
    public int stampIndex(int prediction) {
        return indices[prediction];
    }

    /** The number of abstentions on stamps of that class, by reason. */
    public Map<Abstention, Integer> abstentions(boolean real) {
        return Map.copyOf(real ? realAbstentions : bogusAbstentions);
    }

    /** The predictions that match {@code chosen}, with their stamps but without abstentions. */
    ScoredStamps only(IntPredicate chosen) {
        int[] kept = IntStream.range(0, indices.length)
                .filter(chosen)
                .map(i -> indices[i])
                .toArray();
        return new ScoredStamps(source, sourcePlane, kept, predictions.only(chosen), Map.of(), Map.of());
    }

    /** The same stamps with other scores. */
    ScoredStamps scored(double[] scores) {
        boolean[] labels = new boolean[indices.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = predictions.isReal(i);
        }
        return new ScoredStamps(source, sourcePlane, indices, Predictions.of(scores, labels), Map.of(), Map.of());
    }

    /** All metrics; {@code threshold} is in log-odds. */
    MetricSet metrics(double threshold, long seed) {
        List<String> groups = IntStream.of(indices).mapToObj(source::group).toList();
        return MetricSet.of(predictions, threshold, Strata.of(source, indices), groups, seed);
    }
}
