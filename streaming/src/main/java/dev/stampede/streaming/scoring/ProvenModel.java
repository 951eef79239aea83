package dev.stampede.streaming.scoring;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineUnavailableException;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model file, opened and proven. */
public final class ProvenModel implements ScoringModel {
    /** Stamps in one run of the model: on a CPU larger ones gain nothing, and buffers stay below a megabyte. */
    private static final int MAX_BATCH = 256;

    private static final Logger LOG = LoggerFactory.getLogger(ProvenModel.class);

    private final StampClassifier classifier;
    private final ModelIdentity identity;

    private ProvenModel(StampClassifier classifier) {
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
                classifier.executionProvider());
    }

    /** Opens and proves {@code file} on the CPU; throws what {@link StampClassifier#open} throws. */
    public static ProvenModel open(ModelFile file) {
        return open(file, EngineSettings.CPU);
    }

    /**
     * Opens and proves {@code file} as {@code settings} ask, and warns where {@code auto} had to take the CPU; throws
     * what {@link StampClassifier#open} throws.
     */
    public static ProvenModel open(ModelFile file, EngineSettings settings) {
        if (settings.provider() != EngineSettings.Provider.AUTO) {
            return new ProvenModel(StampClassifier.open(file, settings));
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

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public StampScorer newScorer() {
        return new JudgeScorer(classifier.newJudge(MAX_BATCH));
    }

    @Override
    public Optional<ReferencePopulation> reference() {
        return classifier.reference();
    }

    @Override
    public Optional<StampExplainer> newExplainer() {
        OcclusionSettings settings = OcclusionSettings.standard();
        if (settings.patch() > identity.stampSize()) {
            return Optional.empty();
        }
        return Optional.of(new Explaining(Explainer.of(classifier, settings, Explainer.CPU_BATCH)));
    }

    @Override
    public void close() {
        classifier.close();
    }

    private record Explaining(Explainer explainer) implements StampExplainer {
        @Override
        public List<Explanation> explain(List<Stamp> stamps) {
            return explainer.explain(stamps);
        }

        @Override
        public void close() {
            explainer.close();
        }
    }

    private record JudgeScorer(Judge judge) implements StampScorer {
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
