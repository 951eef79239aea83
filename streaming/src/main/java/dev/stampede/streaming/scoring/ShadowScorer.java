package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.StreamMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores the stamps of a poll with the shadow, after the live model and for a bounded time, so that a slow shadow delays
 * verdicts by no more than that. A failure removes the shadow and affects nothing else. One instance per thread.
 */
final class ShadowScorer implements AutoCloseable {
    /** Stamps per run on a CPU; the elapsed time is checked between runs. */
    private static final int CPU_RUN = 64;

    private static final int CUDA_RUN = 2048;

    private final ShadowModel shadow;
    private final StampScorer scorer;
    private final ActiveModels models;
    private final StreamMetrics metrics;
    private final int run;
    private boolean isDropped;

    private ShadowScorer(ShadowModel shadow, StampScorer scorer, ActiveModels models, StreamMetrics metrics) {
        this.shadow = shadow;
        this.scorer = scorer;
        this.models = models;
        this.metrics = metrics;
        run = scorer.executionProvider().equals("cpu") ? CPU_RUN : CUDA_RUN;
    }

    /** A scorer of {@code shadow}; empty if it cannot be opened, which drops it from {@code models}. */
    static Optional<ShadowScorer> open(ShadowModel shadow, ActiveModels models, StreamMetrics metrics) {
        try {
            return Optional.of(new ShadowScorer(shadow, shadow.model().newScorer(), models, metrics));
        } catch (RuntimeException failure) { // of the engine
            models.dropShadow(shadow, failure);
            return Optional.empty();
        }
    }

    ModelIdentity identity() {
        return shadow.model().identity();
    }

    String executionProvider() {
        return scorer.executionProvider();
    }

    /** The predictions of the first stamps, in order: fewer than stamps if the time ran out, none after a failure. */
    List<Prediction> score(List<Stamp> stamps) {
        if (isDropped) {
            return List.of();
        }
        try {
            List<Prediction> predictions = scoreInTime(stamps);
            metrics.releases().shadowSkipped(stamps.size() - predictions.size());
            return predictions;
        } catch (RuntimeException failure) { // a scorer throws if its engine fails, never because of a stamp
            isDropped = true;
            models.dropShadow(shadow, failure);
            return List.of();
        }
    }

    private List<Prediction> scoreInTime(List<Stamp> stamps) {
        long start = System.nanoTime();
        long maxNanos = shadow.maxPollDelay().toNanos();
        List<Prediction> predictions = new ArrayList<>(stamps.size());
        while (predictions.size() < stamps.size() && (predictions.isEmpty() || System.nanoTime() - start < maxNanos)) {
            int from = predictions.size();
            int to = Math.min(from + run, stamps.size());
            List<Prediction> next = scorer.score(stamps.subList(from, to));
            if (next.size() != to - from) {
                throw new IllegalStateException(
                        "the shadow returned " + next.size() + " predictions for " + (to - from) + " stamps");
            }
            predictions.addAll(next);
        }
        return predictions;
    }

    @Override
    public void close() {
        scorer.close();
    }
}
