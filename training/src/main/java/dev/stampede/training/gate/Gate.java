package dev.stampede.training.gate;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.evaluate.PairedComparison;
import dev.stampede.training.evaluate.ReliabilityCurve;
import dev.stampede.training.evaluate.ScoredStamps;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Compares a new model, the challenger, with the live model on stamps that neither was fitted to. The challenger passes if
 * it is not worse in any check. It need not be better: with few held-out stamps a real improvement is often not
 * significant, and the purpose of the gate is to prevent harm.
 */
public final class Gate {
    /** With fewer sources the interval of a difference is not reliable. */
    static final int MIN_SOURCES = 20;

    /** The tolerance of the verification of every model file. */
    static final double GOLDEN_TOLERANCE = 1e-3;

    private static final int LARGE_BATCH = 1024;

    private final StampModel challenger;
    private final StampModel live;
    private final GateSettings settings;

    public Gate(StampModel challenger, StampModel live, GateSettings settings) {
        this.challenger = challenger;
        this.live = live;
        this.settings = settings;
    }

    /**
     * Makes all checks.
     *
     * @param ofChallenger the challenger's predictions for the held-out stamps
     * @param ofLive the live model's predictions for the same stamps
     * @param isSimulated by the index in the data set
     * @param seed of the bootstrap
     */
    public GateDecision decide(ScoredStamps ofChallenger, ScoredStamps ofLive, IntPredicate isSimulated, long seed) {
        PairedComparison comparison =
                PairedComparison.of(ofChallenger, ofLive, settings.falsePositiveRate(), isSimulated, seed);
        List<Stamp> stamps = IntStream.range(
                        0, Math.min(LARGE_BATCH, ofChallenger.predictions().size()))
                .mapToObj(i -> ofChallenger.source().stamp(ofChallenger.stampIndex(i)))
                .toList();
        return GateDecision.of(
                settings,
                comparison,
                ReliabilityCurve.error(ofChallenger.predictions(), 1),
                ReliabilityCurve.error(ofLive.predictions(), 1),
                List.of(
                        LatencyComparison.measure(challenger, live, stamps, 1),
                        LatencyComparison.measure(challenger, live, stamps, LARGE_BATCH)),
                goldenDifference());
    }

    private double goldenDifference() {
        List<GoldenStamp> golden = challenger.contract().goldenStamps();
        double max = 0;
        try (StampPredictor predictor = challenger.newPredictor(golden.size())) {
            List<Prediction> predictions =
                    predictor.predict(golden.stream().map(GoldenStamp::stamp).toList());
            for (int i = 0; i < predictions.size(); i++) {
                double probability =
                        predictions.get(i) instanceof Prediction.Scored scored ? scored.probability() : Double.NaN;
                double difference = Math.abs(probability - golden.get(i).probability());
                max = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(max, difference);
            }
        }
        return max;
    }
}
