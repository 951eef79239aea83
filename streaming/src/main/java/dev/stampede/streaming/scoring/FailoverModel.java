package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.settings.EngineFailurePolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failover from a GPU to the CPU. After the first failure the GPU is not used again: a driver that lost its context may
 * return any result. Depending on the policy every scorer fails from then on, or all use one CPU model that is opened and
 * verified at that moment. Thread-safe.
 */
public final class FailoverModel implements ModelHandle {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverModel.class);
    private static final String CPU = "cpu";

    private final ModelHandle first;
    private final EngineFailurePolicy policy;
    private final Supplier<ModelHandle> cpuOpener;
    private final StreamMetrics metrics;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable ModelHandle substitute;

    private FailoverModel(
            ModelHandle first, EngineFailurePolicy policy, Supplier<ModelHandle> cpuOpener, StreamMetrics metrics) {
        this.first = first;
        this.policy = policy;
        this.cpuOpener = cpuOpener;
        this.metrics = metrics;
    }

    /**
     * {@code model} with failover, or {@code model} itself if it runs on the CPU; closing the result closes it.
     *
     * @param cpuOpener opens and verifies the same model on the CPU; called once, at the first failure
     * @param metrics record the change of execution provider
     */
    public static ModelHandle over(
            ModelHandle model, EngineFailurePolicy policy, Supplier<ModelHandle> cpuOpener, StreamMetrics metrics) {
        return model.identity().executionProvider().equals(CPU)
                ? model
                : new FailoverModel(model, policy, cpuOpener, metrics);
    }

    @Override
    public ModelIdentity identity() {
        return inUse().identity();
    }

    private ModelHandle inUse() {
        ModelHandle instead = substitute;
        return instead == null ? first : instead;
    }

    @Override
    public StampScorer newScorer() {
        Guarded<StampScorer> guarded = new Guarded<>(ModelHandle::newScorer, StampScorer::close);
        return new StampScorer() {
            @Override
            public List<Prediction> score(List<Stamp> stamps) {
                return guarded.call(scorer -> scorer.score(stamps));
            }

            @Override
            public String executionProvider() {
                return guarded.engine.executionProvider();
            }

            @Override
            public long modelNanos() {
                return guarded.engine.modelNanos();
            }

            @Override
            public void close() {
                guarded.engine.close();
            }
        };
    }

    /** Explains on the engine that scores: a failure of either moves both. */
    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        Guarded<StampExplainer> guarded = new Guarded<>(model -> model.newExplainer(settings), StampExplainer::close);
        return new StampExplainer() {
            @Override
            public List<Explanation> explain(List<Stamp> stamps, List<Verdict> verdicts) {
                return guarded.call(explainer -> explainer.explain(stamps, verdicts));
            }

            @Override
            public void close() {
                guarded.engine.close();
            }
        };
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
                : Optional.of(describe(cause)
                        + (substitute == null
                                ? "; nothing is scored"
                                : "; running on cpu since then, until the stream is restarted"));
    }

    private String describe(RuntimeException cause) {
        return first.identity().executionProvider() + " failed while scoring: " + cause.getMessage();
    }

    private synchronized void fail(RuntimeException cause) {
        if (failure == null) {
            failure = cause;
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("provider", first.identity().executionProvider())
                    .addKeyValue("engine.on-failure", policy)
                    .log("Engine failed");
        }
    }

    /** The model on the CPU, opened by the first thread that needs it. Throws if the policy is to stop. */
    private synchronized ModelHandle substituteFor(RuntimeException cause) {
        if (policy == EngineFailurePolicy.STOP) {
            throw new EngineFailedException(
                    describe(cause) + "; restart the stream, or set engine.on-failure=cpu", cause);
        }
        ModelHandle instead = substitute;
        if (instead == null) {
            instead = cpuOpener.get();
            substitute = instead;
            metrics.movedTo(instead.identity().executionProvider());
            LOG.atWarn()
                    .addKeyValue("failedProvider", first.identity().executionProvider())
                    .addKeyValue("provider", instead.identity().executionProvider())
                    .log("Falling back to CPU after a CUDA failure; throughput will drop");
        }
        return instead;
    }

    @Override
    public synchronized void close() {
        ModelHandle instead = substitute;
        if (instead != null) {
            instead.close();
        }
        first.close();
    }

    /** A scorer or explainer of one thread; after a failure of the engine it is reopened on the substitute, once. */
    private final class Guarded<E> {
        private final Function<ModelHandle, E> opener;
        private final Consumer<E> closer;
        private boolean moved;
        private E engine;

        Guarded(Function<ModelHandle, E> opener, Consumer<E> closer) {
            this.opener = opener;
            this.closer = closer;
            ModelHandle model = inUse();
            moved = model != first;
            engine = opener.apply(model);
        }

        <R> R call(Function<E, R> task) {
            if (failure == null) {
                try {
                    return task.apply(engine);
                } catch (RuntimeException broken) { // thrown if the engine fails, never because of a stamp
                    fail(broken);
                }
            }
            RuntimeException cause = failure;
            if (!moved && cause != null) {
                E instead = opener.apply(substituteFor(cause));
                closer.accept(engine);
                engine = instead;
                moved = true;
            }
            return task.apply(engine);
        }
    }
}
