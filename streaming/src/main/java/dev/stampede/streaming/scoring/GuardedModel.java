package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.observe.StreamMetrics;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on a GPU that may fail while it runs. From the first failure on the GPU is not asked again: a driver that lost
 * its context may answer anything. Either every scorer fails from then on, or every one goes on with one CPU model,
 * opened and proven at that moment. Thread-safe.
 */
public final class GuardedModel implements ScoringModel {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedModel.class);
    private static final String CPU = "cpu";

    private final ScoringModel first;
    private final OnEngineFailure policy;
    private final Supplier<ScoringModel> onCpu;
    private final StreamMetrics metrics;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable ScoringModel substitute;

    private GuardedModel(
            ScoringModel first, OnEngineFailure policy, Supplier<ScoringModel> onCpu, StreamMetrics metrics) {
        this.first = first;
        this.policy = policy;
        this.onCpu = onCpu;
        this.metrics = metrics;
    }

    /**
     * Guards {@code model} where it does not compute on the CPU already; closing the answer closes it.
     *
     * @param onCpu opens and proves the same model on the CPU; called once, at the first failure
     * @param metrics are told of the change of provider
     */
    public static ScoringModel over(
            ScoringModel model, OnEngineFailure policy, Supplier<ScoringModel> onCpu, StreamMetrics metrics) {
        return model.identity().executionProvider().equals(CPU)
                ? model
                : new GuardedModel(model, policy, onCpu, metrics);
    }

    @Override
    public ModelIdentity identity() {
        ScoringModel instead = substitute;
        return instead == null ? first.identity() : instead.identity();
    }

    @Override
    public StampScorer newScorer() {
        return new GuardedScorer();
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        return new GuardedExplainer(settings);
    }

    @Override
    public Optional<ReferencePopulation> reference() {
        return first.reference();
    }

    @Override
    public Optional<String> degradation() {
        RuntimeException cause = failure;
        return cause == null
                ? Optional.empty()
                : Optional.of(failed(cause)
                        + (substitute == null
                                ? "; nothing is scored"
                                : "; scores on cpu since, until the stream is started again"));
    }

    private String failed(RuntimeException cause) {
        return first.identity().executionProvider() + " failed while it scored: " + cause.getMessage();
    }

    private synchronized void fail(RuntimeException cause) {
        if (failure == null) {
            failure = cause;
            LOG.error("The engine failed, engine.on-failure={}", policy, cause);
        }
    }

    /** The model on the CPU, opened by whoever comes first. Throws where the stream is to stop. */
    private synchronized ScoringModel substituteFor(RuntimeException cause) {
        if (policy == OnEngineFailure.STOP) {
            throw new EngineFailedException(
                    failed(cause) + "; start the stream again, or set engine.on-failure=cpu", cause);
        }
        ScoringModel instead = substitute;
        if (instead == null) {
            instead = onCpu.get();
            substitute = instead;
            metrics.movedTo(instead.identity().executionProvider());
            LOG.warn("Scores come from the CPU from now on, which was proven: expect fewer a second");
        }
        return instead;
    }

    @Override
    public synchronized void close() {
        ScoringModel instead = substitute;
        if (instead != null) {
            instead.close();
        }
        first.close();
    }

    private final class GuardedScorer implements StampScorer {
        private boolean moved;
        private StampScorer scorer;

        GuardedScorer() {
            ScoringModel instead = substitute;
            moved = instead != null;
            scorer = (instead == null ? first : instead).newScorer();
        }

        @Override
        public List<Judgement> score(List<Stamp> stamps) {
            if (failure == null) {
                try {
                    return scorer.score(stamps);
                } catch (RuntimeException broken) { // a scorer throws where its engine fails, never because of a stamp
                    fail(broken);
                }
            }
            RuntimeException cause = failure;
            if (!moved && cause != null) {
                StampScorer instead = substituteFor(cause).newScorer();
                scorer.close();
                scorer = instead;
                moved = true;
            }
            return scorer.score(stamps);
        }

        @Override
        public String executionProvider() {
            return scorer.executionProvider();
        }

        @Override
        public long modelNanos() {
            return scorer.modelNanos();
        }

        @Override
        public void close() {
            scorer.close();
        }
    }

    /** Explains on what scores: a failure of either moves both. */
    private final class GuardedExplainer implements StampExplainer {
        private final OcclusionSettings settings;
        private boolean moved;
        private StampExplainer explainer;

        GuardedExplainer(OcclusionSettings settings) {
            this.settings = settings;
            ScoringModel instead = substitute;
            moved = instead != null;
            explainer = (instead == null ? first : instead).newExplainer(settings);
        }

        @Override
        public List<Explanation> explain(List<Stamp> stamps, List<Verdict> verdicts) {
            if (failure == null) {
                try {
                    return explainer.explain(stamps, verdicts);
                } catch (RuntimeException broken) { // as a scorer, only where its engine fails
                    fail(broken);
                }
            }
            RuntimeException cause = failure;
            if (!moved && cause != null) {
                StampExplainer instead = substituteFor(cause).newExplainer(settings);
                explainer.close();
                explainer = instead;
                moved = true;
            }
            return explainer.explain(stamps, verdicts);
        }

        @Override
        public void close() {
            explainer.close();
        }
    }
}
