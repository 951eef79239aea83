package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scores the stamps of a poll with the shadow, after the live model and for a bounded time, so that a shadow of any cost
 * holds no verdict back for longer. Its failure is its own: it drops the shadow. One instance a thread.
 */
final class ShadowScorer implements AutoCloseable {
    /** In one run, on a CPU: between two of them the clock is asked. */
    private static final int CPU_RUN = 64;

    private static final int CUDA_RUN = 2048;

    private final Shadow shadow;
    private final StampScorer scorer;
    private final Scoring scoring;
    private final int run;
    private boolean isDropped;

    private ShadowScorer(Shadow shadow, StampScorer scorer, Scoring scoring) {
        this.shadow = shadow;
        this.scorer = scorer;
        this.scoring = scoring;
        run = scorer.executionProvider().equals("cpu") ? CPU_RUN : CUDA_RUN;
    }

    /** One for {@code shadow}; empty where it fails already, and is dropped. */
    static Optional<ShadowScorer> open(Shadow shadow, Scoring scoring) {
        try {
            return Optional.of(new ShadowScorer(shadow, shadow.model().newScorer(), scoring));
        } catch (RuntimeException failure) { // of the engine
            scoring.dropShadow(shadow, failure);
            return Optional.empty();
        }
    }

    ModelIdentity identity() {
        return shadow.model().identity();
    }

    String executionProvider() {
        return scorer.executionProvider();
    }

    /** The judgements of the first stamps, in order: fewer than there are stamps where the time was over, or it failed. */
    List<Judgement> score(List<Stamp> stamps) {
        if (isDropped) {
            return List.of();
        }
        try {
            List<Judgement> judgements = scoreInTime(stamps);
            scoring.metrics().releases().shadowSkipped(stamps.size() - judgements.size());
            return judgements;
        } catch (RuntimeException failure) { // a scorer throws where its engine fails, never because of a stamp
            isDropped = true;
            scoring.dropShadow(shadow, failure);
            return List.of();
        }
    }

    private List<Judgement> scoreInTime(List<Stamp> stamps) {
        long start = System.nanoTime();
        List<Judgement> judgements = new ArrayList<>(stamps.size());
        while (judgements.size() < stamps.size()
                && (judgements.isEmpty()
                        || System.nanoTime() - start < shadow.mostOfAPoll().toNanos())) {
            int from = judgements.size();
            int to = Math.min(from + run, stamps.size());
            List<Judgement> next = scorer.score(stamps.subList(from, to));
            if (next.size() != to - from) {
                throw new IllegalStateException(
                        "the shadow gave " + next.size() + " judgements for " + (to - from) + " stamps");
            }
            judgements.addAll(next);
        }
        return judgements;
    }

    @Override
    public void close() {
        scorer.close();
    }
}
