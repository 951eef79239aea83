package dev.stampede.training.evaluate;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
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

/** What a model file says of labelled stamps: a calibrated prediction for each that it judges, abstentions counted. */
public final class JudgedStamps {
    private static final int BATCH = 1024;

    /** Half the distance from 1 to the float below it: how far a probability that reads 1 may be from 1. */
    private static final double ROUNDING = Math.ulp(1f) / 4;

    private final LabelledStamps source;
    private final int[] indices;
    private final Predictions predictions;
    private final Map<Abstention, Integer> realAbstentions;
    private final Map<Abstention, Integer> bogusAbstentions;

    private JudgedStamps(
            LabelledStamps source,
            int[] indices,
            Predictions predictions,
            Map<Abstention, Integer> realAbstentions,
            Map<Abstention, Integer> bogusAbstentions) {
        this.source = source;
        this.indices = indices;
        this.predictions = predictions;
        this.realAbstentions = realAbstentions;
        this.bogusAbstentions = bogusAbstentions;
    }

    /**
     * Judges the stamps at {@code chosen} of {@code stamps}, in that order.
     *
     * @param judged is told, now and then, how many more stamps are judged
     * @throws InvalidDataException if those that can be judged are not of both classes
     */
    public static JudgedStamps of(StampClassifier classifier, LabelledStamps stamps, int[] chosen, IntConsumer judged) {
        double[] logOdds = new double[chosen.length];
        int[] indices = new int[chosen.length];
        Map<Abstention, Integer> real = new EnumMap<>(Abstention.class);
        Map<Abstention, Integer> bogus = new EnumMap<>(Abstention.class);
        int kept = 0;
        try (Judge judge = classifier.newJudge(BATCH)) {
            for (int start = 0; start < chosen.length; start += BATCH) {
                List<Judgement> judgements = judge.judge(batch(stamps, chosen, start));
                for (int i = 0; i < judgements.size(); i++) {
                    int index = chosen[start + i];
                    if (judgements.get(i) instanceof Scored scored) {
                        indices[kept] = index;
                        logOdds[kept++] = logOdds(scored.probability());
                    } else {
                        judgements
                                .get(i)
                                .abstention()
                                .ifPresent(
                                        reason -> (stamps.isReal(index) ? real : bogus).merge(reason, 1, Integer::sum));
                    }
                }
                judged.accept(judgements.size());
            }
        }
        int[] keptIndices = Arrays.copyOf(indices, kept);
        boolean[] labels = new boolean[kept];
        for (int i = 0; i < kept; i++) {
            labels[i] = stamps.isReal(keptIndices[i]);
        }
        Predictions predictions = Predictions.of(Arrays.copyOf(logOdds, kept), labels);
        demandBothClasses(predictions, chosen.length);
        return new JudgedStamps(stamps, keptIndices, predictions, real, bogus);
    }

    private static List<Stamp> batch(LabelledStamps stamps, int[] chosen, int start) {
        List<Stamp> batch = new ArrayList<>(BATCH);
        for (int i = start; i < Math.min(start + BATCH, chosen.length); i++) {
            batch.add(stamps.stamp(chosen[i]));
        }
        return batch;
    }

    /** Finite for every float from 0 to 1. */
    static double logOdds(float probability) {
        double real = Math.max(probability, Float.MIN_NORMAL);
        double bogus = Math.max(1 - (double) probability, ROUNDING);
        return Math.log(real) - Math.log(bogus);
    }

    private static void demandBothClasses(Predictions predictions, int stamps) {
        long real = IntStream.range(0, predictions.size())
                .filter(predictions::isReal)
                .count();
        if (real == 0 || real == predictions.size()) {
            throw new InvalidDataException("of " + stamps + " stamps the model judges " + real + " real and "
                    + (predictions.size() - real) + " bogus ones and abstains on the others; both classes are needed");
        }
    }

    public LabelledStamps source() {
        return source;
    }

    /** Calibrated log-odds of the stamps that were judged. */
    public Predictions predictions() {
        return predictions;
    }

    /** Where the stamp of a prediction is in {@link #source()}. */
    public int stampIndex(int prediction) {
        return indices[prediction];
    }

    /** How often the model abstained on stamps of that class, by reason. */
    public Map<Abstention, Integer> abstentions(boolean real) {
        return Map.copyOf(real ? realAbstentions : bogusAbstentions);
    }

    /** The predictions that {@code chosen} holds true of, with their stamps; abstentions are left behind. */
    JudgedStamps only(IntPredicate chosen) {
        int[] kept = IntStream.range(0, indices.length)
                .filter(chosen)
                .map(i -> indices[i])
                .toArray();
        return new JudgedStamps(source, kept, predictions.only(chosen), Map.of(), Map.of());
    }

    /** The same stamps with other scores. */
    JudgedStamps scored(double[] scores) {
        boolean[] labels = new boolean[indices.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = predictions.isReal(i);
        }
        return new JudgedStamps(source, indices, Predictions.of(scores, labels), Map.of(), Map.of());
    }

    /** All figures; {@code threshold} is in log-odds. */
    Figures figures(double threshold, long seed) {
        List<String> groups = IntStream.of(indices).mapToObj(source::group).toList();
        return Figures.of(predictions, threshold, Strata.of(source, indices), groups, seed);
    }
}
