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
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model file, opened and proven. */
public final class ProvenModel implements ScoringModel {
    /** Stamps in one run on a CPU: with more, what passes between the layers no longer fits a core's cache. */
    private static final int MAX_BATCH_ON_CPU = 64;

    /** A whole poll of the default batch.max-alerts: a GPU is idle between runs. An estimate; not measured. */
    private static final int MAX_BATCH_ON_CUDA = 2048;

    /** Positions of a patch in one run on a GPU, which wants more than a core does. */
    private static final int GPU_POSITIONS = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(ProvenModel.class);

    private final StampClassifier classifier;
    private final ModelIdentity identity;
    private final int maxBatch;
    private final int views;

    private ProvenModel(StampClassifier classifier) {
        this(classifier, 1);
    }

    private ProvenModel(StampClassifier classifier, int views) {
        this.views = views;
        this.classifier = classifier;
        ModelContract contract = classifier.contract();
        this.identity = new ModelIdentity(
                contract.modelName(),
                contract.modelVersion(),
                classifier.model().sha256(),
                contract.recipe().recipeName(),
                contract.threshold(),
                contract.stampSize(),
                contract.channels(),
                contract.pixelScaleArcsec(),
                classifier.executionProvider());
        this.maxBatch = identity.executionProvider().equals("cpu") ? MAX_BATCH_ON_CPU : MAX_BATCH_ON_CUDA;
    }

    /** Opens and proves {@code file} on the CPU; throws what {@link StampClassifier#open} throws. */
    public static ProvenModel open(ModelFile file) {
        return open(file, EngineSettings.CPU);
    }

    /**
     * Opens and proves {@code file} as {@code settings} ask, warms it up, and warns where {@code auto} had to take the CPU; throws
     * what {@link StampClassifier#open} throws.
     */
    public static ProvenModel open(ModelFile file, EngineSettings settings) {
        if (settings.provider() != EngineSettings.Provider.AUTO) {
            return warm(new ProvenModel(StampClassifier.open(file, settings)));
        }
        try {
            ProvenModel onGpu = open(file, settings.on(EngineSettings.Provider.CUDA));
            LOG.info("engine.provider=auto chose cuda");
            return onGpu;
        } catch (EngineUnavailableException unusable) {
            LOG.warn("engine.provider=auto chose cpu: {}", unusable.getMessage());
            return open(file, settings.on(EngineSettings.Provider.CPU));
        }
    }

    /** Only then is the application ready: the first run of a size is slow, on a GPU by far. */
    private static ProvenModel warm(ProvenModel model) {
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
     * The same model, which judges each stamp in that many views.
     *
     * @param count 1, or the {@value Views#COUNT} that a square has
     */
    public ProvenModel inViews(int count) {
        if (count != 1 && count != Views.COUNT) {
            throw new IllegalArgumentException("a stamp has 1 or " + Views.COUNT + " views, not " + count);
        }
        return new ProvenModel(classifier, count);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public StampScorer newScorer() {
        String provider = identity.executionProvider();
        return views == 1
                ? new JudgeScorer(classifier.newJudge(maxBatch), provider)
                : new ViewsScorer(Views.of(classifier, maxBatch / views), provider);
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        int positions = classifier.executionProvider().equals("cpu") ? Explainer.CPU_BATCH : GPU_POSITIONS;
        return new MapExplainer(Explainer.of(classifier, settings, positions));
    }

    @Override
    public Optional<ReferencePopulation> reference() {
        return classifier.reference();
    }

    @Override
    public void close() {
        classifier.close();
    }

    private record ViewsScorer(Views eight, String executionProvider) implements StampScorer {
        @Override
        public List<Judgement> score(List<Stamp> stamps) {
            return eight.judge(stamps);
        }

        @Override
        public void close() {
            eight.close();
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

    private record JudgeScorer(Judge judge, String executionProvider) implements StampScorer {
        @Override
        public List<Judgement> score(List<Stamp> stamps) {
            return judge.judge(stamps);
        }

        @Override
        public long modelNanos() {
            return judge.modelNanos();
        }

        @Override
        public void close() {
            judge.close();
        }
    }
}
