package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.explain.ExplanationBudget;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.observe.ExplanationMetrics;
import dev.stampede.streaming.observe.Stage;
import dev.stampede.streaming.observe.StreamMetrics;
import java.util.List;
import java.util.Optional;

/** All that the threads of a stream share to explain verdicts; each takes an explainer of its own. Thread-safe. */
public final class Explaining {
    private final CurrentModels models;
    private final ExplanationSettings settings;
    private final ExplanationBudget budget;
    private final StreamMetrics metrics;

    private Explaining(CurrentModels models, ExplanationSettings settings, StreamMetrics metrics) {
        this.models = models;
        this.settings = settings;
        this.metrics = metrics;
        budget = new ExplanationBudget(settings.budgetPerSecond(), settings.cores(), System.nanoTime());
    }

    /**
     * Explains the verdicts of {@code models} as {@code settings} say.
     *
     * @throws CommandFailure if their stamps cannot be occluded so
     */
    static Explaining of(CurrentModels models, ExplanationSettings settings, StreamMetrics metrics) {
        ModelIdentity model = models.now().live().identity();
        int side = model.stampSize();
        if (settings.occlusion().patch() > side) {
            throw CommandFailure.usage("Invalid value " + settings.occlusion().patch() + " for configuration "
                    + ExplanationSettings.PATCH + ": the stamps of the model "
                    + model.name() + " have "
                    + side + "x" + side + " pixels; the patch must be 1 to " + side);
        }
        return new Explaining(models, settings, metrics);
    }

    public ExplanationSettings settings() {
        return settings;
    }

    /** The model that judges now. */
    ModelIdentity model() {
        return models.now().live().identity();
    }

    /** Whether the policy asks to explain a verdict and the budget allows it; counts one that is skipped for its cost. */
    boolean admits(Outcome.Judged judged) {
        boolean wanted = judged.judgement() instanceof Scored scored
                && settings.wants(
                        scored, judged.alert().explain(), judged.model().threshold());
        if (!wanted) {
            return false;
        }
        boolean admitted = budget.admits(System.nanoTime());
        if (!admitted) {
            metrics.explanations().skipped();
        }
        return admitted;
    }

    /** Whether the map of a verdict that goes out now is to follow later. */
    public boolean asksLater(Outcome.Judged judged) {
        return settings.explainsLater() && admits(judged);
    }

    /** An explainer for one thread, of the model that judges now. */
    ModelExplainer newExplainer() {
        return models.open(
                now -> new ModelExplainer(now.live().identity(), now.live().newExplainer(settings.occlusion())));
    }

    /** The map of each stamp, in order; empty where it cannot be judged. Takes note of the time. */
    List<Optional<OcclusionMap>> explain(StampExplainer explainer, List<Stamp> stamps, List<Verdict> verdicts) {
        long start = System.nanoTime();
        List<Explanation> explanations = explainer.explain(stamps, verdicts);
        long nanos = System.nanoTime() - start;
        budget.took(stamps.size(), nanos);
        metrics.tookNanos(Stage.EXPLAIN, nanos);
        return explanations.stream().map(Explanation::map).toList();
    }

    /** Whether a verdict of that map was judged on its background. */
    public boolean isOnBackground(boolean isReal, OcclusionMap map) {
        return isReal && map.apertureShare() < settings.leastApertureShare();
    }

    /** Counts an explanation that went out. */
    public void published(boolean isReal, OcclusionMap map) {
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
