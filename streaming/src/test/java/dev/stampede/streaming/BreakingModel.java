package dev.stampede.streaming;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.ModelLabels;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.scoring.StampScorer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that says it computes on CUDA, and breaks after some runs, once for all or for once. */
public final class BreakingModel implements ModelHandle {
    private final ModelHandle model;
    private final int firstFailure;
    private final int lastFailure;
    public final AtomicInteger runs = new AtomicInteger();
    public final AtomicInteger openScorers = new AtomicInteger();

    private BreakingModel(ModelHandle model, int firstFailure, int lastFailure) {
        this.model = model;
        this.firstFailure = firstFailure;
        this.lastFailure = lastFailure;
    }

    /** Breaks for good after {@code runs} good runs of all its scorers together. */
    public static BreakingModel after(int runs, ModelHandle model) {
        return new BreakingModel(model, runs + 1, Integer.MAX_VALUE);
    }

    /** Fails in the run after {@code runs} good ones, and would do well again. */
    public static BreakingModel onceAfter(int runs, ModelHandle model) {
        return new BreakingModel(model, runs + 1, runs + 1);
    }

    @Override
    public ModelIdentity identity() {
        ModelIdentity cpu = model.identity();
        return new ModelIdentity(
                new ModelLabels(cpu.name(), cpu.version(), cpu.sha256(), cpu.recipe(), "cuda"),
                cpu.threshold(),
                cpu.input(),
                cpu.padding(),
                cpu.domain());
    }

    private void run() {
        int run = runs.incrementAndGet();
        if (run >= firstFailure && run <= lastFailure) {
            throw new IllegalStateException("CUDA failure 700: an illegal memory access was encountered");
        }
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        StampExplainer explainer = model.newExplainer(settings);
        return (stamps, verdicts) -> {
            run();
            return explainer.explain(stamps, verdicts);
        };
    }

    @Override
    public StampScorer newScorer() {
        openScorers.incrementAndGet();
        StampScorer scorer = model.newScorer();
        return new StampScorer() {
            @Override
            public List<Prediction> score(List<Stamp> stamps) {
                run();
                return scorer.score(stamps);
            }

            @Override
            public String executionProvider() {
                return "cuda";
            }

            @Override
            public void close() {
                openScorers.decrementAndGet();
                scorer.close();
            }
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
