package dev.stampede.stamps.score;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedModelTest {
    private static final int THREADS = 2;
    private static final int ROUNDS = 100;

    @Test
    void judgesAlikeFromTwoThreadsAtOnce() throws Exception {
        List<Stamp> stamps = StampPredictorTest.mixedStamps();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (StampModel classifier = StampModel.open(TinyModel.standard().file())) {
            List<Prediction> alone = classified(classifier, stamps, 64);
            CyclicBarrier together = new CyclicBarrier(THREADS);
            List<Future<?>> hammering = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int maxBatch = 16 + 17 * thread;
                hammering.add(threads.submit(() -> {
                    together.await(10, SECONDS);
                    for (int round = 0; round < ROUNDS; round++) {
                        StampPredictorTest.assertAlike(classified(classifier, stamps, maxBatch), alone);
                    }
                    return null;
                }));
            }
            for (Future<?> thread : hammering) {
                thread.get(60, SECONDS); // throws what failed in the thread
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Prediction> classified(StampModel classifier, List<Stamp> stamps, int maxBatch) {
        try (StampPredictor predict = classifier.newPredictor(maxBatch)) {
            return predict.predict(stamps);
        }
    }
}
