package dev.stampede.training.gate;

import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The time two models take for a stamp, side by side in one run, for other programs take cores as they like.
 *
 * @param batch stamps judged at once
 * @param freshMicros of the new model, microseconds
 * @param liveMicros of the live one
 */
public record Latency(int batch, double freshMicros, double liveMicros) {
    /** In which the models take turns; the quickest of each counts, for other programs can only slow it. */
    private static final int ROUNDS = 21;

    private static final int WARM_UP_ROUNDS = 3;

    /** Enough of single stamps that a round is far above the clock's tick. */
    private static final int STAMPS_OF_A_ROUND = 256;

    /** How many times as long the new model takes. */
    public double ratio() {
        return freshMicros / liveMicros;
    }

    /** Measures on {@code stamps}, one or more, over and over. */
    static Latency measure(StampClassifier fresh, StampClassifier live, List<Stamp> stamps, int batch) {
        List<Stamp> asked = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            asked.add(stamps.get(i % stamps.size()));
        }
        int calls = Math.max(1, STAMPS_OF_A_ROUND / batch);
        double ofFresh = Double.POSITIVE_INFINITY;
        double ofLive = Double.POSITIVE_INFINITY;
        try (Judge one = fresh.newJudge(batch);
                Judge other = live.newJudge(batch)) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double freshMicros = micros(one, asked, calls);
                double liveMicros = micros(other, asked, calls);
                if (round >= 0) {
                    ofFresh = Math.min(ofFresh, freshMicros);
                    ofLive = Math.min(ofLive, liveMicros);
                }
            }
        }
        return new Latency(batch, ofFresh, ofLive);
    }

    private static double micros(Judge judge, List<Stamp> stamps, int calls) {
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            judge.judge(stamps);
        }
        return (System.nanoTime() - start) / 1e3 / calls / stamps.size();
    }
}
