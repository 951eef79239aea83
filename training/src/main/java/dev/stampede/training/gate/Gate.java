package dev.stampede.training.gate;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.evaluate.JudgedStamps;
import dev.stampede.training.evaluate.PairedComparison;
import dev.stampede.training.evaluate.Reliability;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Holds a new model against the live one on stamps that neither was fitted to, and says whether it may follow: it may
 * where it is worse in nothing. To be better is not demanded: held-out stamps are few, and a demand that chance can refuse
 * would keep models from learning of new nights, while what the gate must prevent is harm.
 */
public final class Gate {
    /** Of fewer sources an interval says nothing: by chance alone all of them may fall to one side. */
    static final int LEAST_SOURCES = 20;

    /** Where every proof of a model file has its bound. */
    static final double GOLDEN_TOLERANCE = 1e-3;

    private static final int LARGE_BATCH = 1024;

    private final StampClassifier fresh;
    private final StampClassifier live;
    private final GateSettings settings;

    public Gate(StampClassifier fresh, StampClassifier live, GateSettings settings) {
        this.fresh = fresh;
        this.live = live;
        this.settings = settings;
    }

    /**
     * Decides.
     *
     * @param ofFresh what the new model says of the held-out stamps
     * @param ofLive what the live model says of the same
     * @param isSimulated which of the data set's stamps are, by index
     * @param seed of the bootstrap
     */
    public GateDecision decide(JudgedStamps ofFresh, JudgedStamps ofLive, IntPredicate isSimulated, long seed) {
        PairedComparison comparison =
                PairedComparison.of(ofFresh, ofLive, settings.falsePositiveRate(), isSimulated, seed);
        List<Stamp> stamps = IntStream.range(
                        0, Math.min(LARGE_BATCH, ofFresh.predictions().size()))
                .mapToObj(i -> ofFresh.source().stamp(ofFresh.stampIndex(i)))
                .toList();
        return GateDecision.of(
                settings,
                comparison,
                Reliability.error(ofFresh.predictions(), 1),
                Reliability.error(ofLive.predictions(), 1),
                List.of(Latency.measure(fresh, live, stamps, 1), Latency.measure(fresh, live, stamps, LARGE_BATCH)),
                goldenDifference());
    }

    private double goldenDifference() {
        List<GoldenStamp> golden = fresh.contract().goldenStamps();
        double greatest = 0;
        try (Judge judge = fresh.newJudge(golden.size())) {
            List<Judgement> judgements =
                    judge.judge(golden.stream().map(GoldenStamp::stamp).toList());
            for (int i = 0; i < judgements.size(); i++) {
                double said = judgements.get(i) instanceof Judgement.Scored scored ? scored.probability() : Double.NaN;
                double difference = Math.abs(said - golden.get(i).probability());
                greatest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(greatest, difference);
            }
        }
        return greatest;
    }
}
