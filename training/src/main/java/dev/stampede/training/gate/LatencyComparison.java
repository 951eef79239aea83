package dev.stampede.training.gate;

import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The time per stamp of two models, measured alternately in one run, so that the load of the machine affects both alike.
 *
 * @param batch stamps per call
 * @param challengerMicros time per stamp of the challenger, microseconds
 * @param liveMicros time per stamp of the live model, microseconds
 */
public record LatencyComparison(int batch, double challengerMicros, double liveMicros) {
    /** The models alternate; the fastest round of each counts, because the load of the machine only slows rounds down. */
    private static final int ROUNDS = 21;

    private static final int WARM_UP_ROUNDS = 3;

    /** Enough that a round of single stamps takes much longer than the resolution of the clock. */
    private static final int STAMPS_PER_ROUND = 256;

    /** The time of the challenger divided by that of the live model. */
    public double ratio() {
        return challengerMicros / liveMicros;
    }

    /** Measures on {@code stamps}, one or more, which are repeated to fill a batch. */
    static LatencyComparison measure(StampModel challenger, StampModel live, List<Stamp> stamps, int batch) {
        List<Stamp> repeated = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            repeated.add(stamps.get(i % stamps.size()));
        }
        int calls = Math.max(1, STAMPS_PER_ROUND / batch);
        double ofChallenger = Double.POSITIVE_INFINITY;
        double ofLive = Double.POSITIVE_INFINITY;
        try (StampPredictor one = challenger.newPredictor(batch);
                StampPredictor other = live.newPredictor(batch)) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double challengerMicros = micros(one, repeated, calls);
                double liveMicros = micros(other, repeated, calls);
                if (round >= 0) {
                    ofChallenger = Math.min(ofChallenger, challengerMicros);
                    ofLive = Math.min(ofLive, liveMicros);
                }
            }
        }
        return new LatencyComparison(batch, ofChallenger, ofLive);
    }

    private static double micros(StampPredictor predictor, List<Stamp> stamps, int calls) {
        long start = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            predictor.predict(stamps);
        }
        return (System.nanoTime() - start) / 1e3 / calls / stamps.size();
    }
}
