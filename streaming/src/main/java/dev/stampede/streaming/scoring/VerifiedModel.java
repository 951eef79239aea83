package dev.stampede.streaming.scoring;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineUnavailableException;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.ModelLabels;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model file that was opened and verified against its golden stamps. */
public final class VerifiedModel implements ModelHandle {
    /** Stamps per run on a CPU: with more, activations no longer fit the cache of a core. */
    private static final int MAX_BATCH_ON_CPU = 64;

    /** A whole poll of the default batch.max-alerts: a GPU is idle between runs. An estimate; not measured. */
    private static final int MAX_BATCH_ON_CUDA = 2048;

    /** Patch positions per run on a GPU, which needs larger batches than a core. */
    private static final int MAX_POSITIONS_ON_CUDA = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedModel.class);

    private final StampModel classifier;
    private final ModelIdentity identity;
    private final int maxBatch;
    private final int views;

    private VerifiedModel(StampModel classifier) {
        this(classifier, 1);
    }

    private VerifiedModel(StampModel classifier, int views) {
        this.views = views;
        this.classifier = classifier;
        ModelContract contract = classifier.contract();
        ModelLabels labels = new ModelLabels(
                contract.modelName(),
                contract.modelVersion(),
                classifier.model().sha256(),
                contract.recipeName(),
                classifier.executionProvider());
        this.identity = new ModelIdentity(
                labels,
                contract.threshold(),
                contract.input(),
                contract.preprocessing().padding(),
                contract.domain());
        this.maxBatch = maxBatch(classifier);
    }

    /** The largest number of stamps of one run of {@code model} in the stream. */
    public static int maxBatch(StampModel model) {
        return isOnCpu(model) ? MAX_BATCH_ON_CPU : MAX_BATCH_ON_CUDA;
    }

    /** The largest number of patch positions of one run of {@code model} in the stream. */
    public static int maxPositions(StampModel model) {
        return isOnCpu(model) ? Explainer.CPU_BATCH : MAX_POSITIONS_ON_CUDA;
    }

    private static boolean isOnCpu(StampModel model) {
        return model.executionProvider().equals("cpu");
    }

    /** Opens and verifies {@code file} on the CPU; throws as {@link StampModel#open}. */
    public static VerifiedModel open(ModelFile file) {
        return open(file, EngineSettings.CPU);
    }

    /**
     * Opens and verifies {@code file} on the execution provider of {@code settings} and warms it up; with {@code auto}, on
     * CUDA or else on the CPU. Throws as {@link StampModel#open}.
     */
    public static VerifiedModel open(ModelFile file, EngineSettings settings) {
        if (settings.provider() != EngineSettings.Provider.AUTO) {
            return warm(new VerifiedModel(StampModel.open(file, settings)));
        }
        try {
            VerifiedModel onGpu = open(file, settings.on(EngineSettings.Provider.CUDA));
            LOG.atInfo().addKeyValue("provider", "cuda").log("Execution provider selected by engine.provider=auto");
            return onGpu;
        } catch (EngineUnavailableException unusable) {
            LOG.atWarn()
                    .addKeyValue("provider", "cpu")
                    .addKeyValue("reason", unusable.getMessage())
                    .log("CUDA unavailable; engine.provider=auto uses the CPU");
            return open(file, settings.on(EngineSettings.Provider.CPU));
        }
    }

    /** The first run of each batch size is slow, on a GPU by far, so it comes before readiness. */
    private static VerifiedModel warm(VerifiedModel model) {
        boolean warmed = false;
        try {
            model.classifier.warmUp(model.maxBatch);
            warmed = true;
            return model;
        } finally {
            if (!warmed) {
                model.close();
            }
        }
    }

    /**
     * The same model, which scores each stamp in {@code count} views.
     *
     * @param count 1, or {@value Views#COUNT}: the rotations and reflections of a square
     */
    public VerifiedModel inViews(int count) {
        if (count != 1 && count != Views.COUNT) {
            throw new IllegalArgumentException("the number of views must be 1 or " + Views.COUNT + ", not " + count);
        }
        return new VerifiedModel(classifier, count);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public StampScorer newScorer() {
        String provider = identity.executionProvider();
        return views == 1
                ? new PredictorScorer(classifier.newPredictor(maxBatch), provider)
                : new ViewsScorer(Views.of(classifier, maxBatch / views), provider);
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        return new MapExplainer(Explainer.of(classifier, settings, maxPositions(classifier)));
    }

    @Override
    public Optional<ReferencePopulation> reference() {
        return classifier.reference();
    }

    @Override
    public void close() {
        classifier.close();
    }

    private record ViewsScorer(Views views, String executionProvider) implements StampScorer {
        @Override
        public List<Prediction> score(List<Stamp> stamps) {
            return views.predict(stamps);
        }

        @Override
        public void close() {
            views.close();
        }
    }

    private record MapExplainer(Explainer explainer) implements StampExplainer {
        @Override
        public List<Explanation> explain(List<Stamp> stamps, List<Verdict> verdicts) {
            return explainer.explain(stamps, verdicts);
        }

        @Override
        public void close() {
            explainer.close();
        }
    }

    private record PredictorScorer(StampPredictor predictor, String executionProvider) implements StampScorer {
        @Override
        public List<Prediction> score(List<Stamp> stamps) {
            return predictor.predict(stamps);
        }

        @Override
        public long modelNanos() {
            return predictor.modelNanos();
        }

        @Override
        public void close() {
            predictor.close();
        }
    }
}
