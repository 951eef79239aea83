package dev.stampede.streaming.explain;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.ExplanationMetrics;
import dev.stampede.streaming.monitor.PipelineStage;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.ScorerDecorator;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.settings.ExplanationKeys;
import dev.stampede.streaming.settings.InvalidSettingException;
import java.util.List;
import java.util.Optional;

/** Opens the explainers of the stream threads, with one policy and one budget for all. Thread-safe. */
public final class StampExplainerFactory {
    private final ActiveModels models;
    private final ExplanationSettings settings;
    private final ExplanationBudget budget;
    private final StreamMetrics metrics;

    private StampExplainerFactory(ActiveModels models, ExplanationSettings settings, StreamMetrics metrics) {
        this.models = models;
        this.settings = settings;
        this.metrics = metrics;
        budget = new ExplanationBudget(settings.budgetPerSecond(), settings.cores(), System.nanoTime());
    }

    /**
     * Explains the verdicts of {@code models} as {@code settings} say, which may be not at all.
     *
     * @throws InvalidSettingException if the patch is larger than their stamps
     */
    public static StampExplainerFactory of(ActiveModels models, ExplanationSettings settings, StreamMetrics metrics) {
        ModelIdentity model = models.live().identity();
        int side = model.stampSize();
        if (settings.explainsAny() && settings.occlusion().patch() > side) {
            throw new InvalidSettingException(
                    "Invalid value " + settings.occlusion().patch() + " for configuration "
                            + ExplanationKeys.PATCH.name() + ": the stamps of the model "
                            + model.name() + " have "
                            + side + "x" + side + " pixels; the patch must be 1 to " + side);
        }
        return new StampExplainerFactory(models, settings, metrics);
    }

    /** Explains no verdict of {@code scoring}. */
    public static StampExplainerFactory none(AlertScorerFactory scoring) {
        return of(scoring.models(), ExplanationSettings.NONE, scoring.metrics());
    }

    public ExplanationSettings settings() {
        return settings;
    }

    /** Adds maps to the verdicts of a scorer, if they are delivered inline. */
    public ScorerDecorator decorator() {
        return settings.explainsAny() && !settings.explainsLater()
                ? (scorer, live) -> new InlineExplainer(scorer, this, live)
                : ScorerDecorator.NONE;
    }

    /** The live model. */
    ModelIdentity model() {
        return models.live().identity();
    }

    /** Whether policy and budget allow to explain a verdict; counts one that exceeds the budget as skipped. */
    boolean admits(Outcome.Classified classified) {
        boolean wanted = classified.prediction() instanceof Scored scored
                && settings.wants(
                        scored, classified.alert().explain(), classified.model().threshold());
        if (!wanted) {
            return false;
        }
        boolean admitted = budget.admits(System.nanoTime());
        if (!admitted) {
            metrics.explanations().skipped();
        }
        return admitted;
    }

    /** Whether to request the map of a verdict that is published now. */
    public boolean asksLater(Outcome.Classified classified) {
        return settings.explainsLater() && admits(classified);
    }

    /** An explainer of the live model, for one thread. */
    ModelExplainer newExplainer() {
        return ModelExplainer.open(models, settings.occlusion());
    }

    /** The map of each stamp, in order; empty if it cannot be scored. Records the time. */
    List<Optional<OcclusionResult>> explain(StampExplainer explainer, List<Stamp> stamps, List<Verdict> verdicts) {
        long start = System.nanoTime();
        List<Explanation> explanations = explainer.explain(stamps, verdicts);
        long nanos = System.nanoTime() - start;
        budget.elapsed(stamps.size(), nanos);
        metrics.elapsedNanos(PipelineStage.EXPLAIN, nanos);
        return explanations.stream().map(Explanation::map).toList();
    }

    /** Whether the map shows that a REAL verdict rests on the background. */
    public boolean isOnBackground(boolean isReal, OcclusionResult map) {
        return isReal && map.apertureShare() < settings.minApertureShare();
    }

    /** Counts a published explanation. */
    public void published(boolean isReal, OcclusionResult map) {
        ExplanationMetrics counters = metrics.explanations();
        counters.published();
        if (isReal && !Float.isNaN(map.apertureShare())) {
            counters.explainedReal(map.apertureShare(), isOnBackground(true, map));
        }
    }

    /** Counts a request that was not fulfilled. */
    public void skipped() {
        metrics.explanations().skipped();
    }
}
