package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.ScoredStamps;
import dev.stampede.training.gate.Gate;
import dev.stampede.training.gate.GateDecision;
import dev.stampede.training.gate.GateSettings;
import dev.stampede.training.report.Report;
import dev.stampede.training.report.ReportSubject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the successor of a live model and compares both on the test set of the training. The model file is written
 * whatever the gate decides.
 */
public final class Retraining {
    private final StampModel live;
    private final TrainingSettings settings;
    private final GateSettings gate;
    private final TrainingListener listener;

    /** The caller closes {@code live}. */
    public Retraining(StampModel live, TrainingSettings settings, GateSettings gate, TrainingListener listener) {
        this.live = live;
        this.settings = settings;
        this.gate = gate;
        this.listener = listener;
    }

    /**
     * Trains on {@code data}, writes {@code file} and, to the folder {@code report}, the evaluation with the decision of
     * the gate.
     *
     * @throws InvalidDataException if the stamps differ in shape from those of the live model, all labels are of
     *     known objects, or as for a training
     * @throws IOException if a file cannot be written
     */
    public RetrainingResult run(RetrainingData data, Path file, Path report) throws IOException {
        // First, because it fails at once if an export cannot be read.
        Map<String, String> metadata =
                Map.of(ModelContract.PROVENANCE, data.provenance(live.model().sha256()));
        LabelledStamps stamps = data.read(live.contract(), listener);
        requireShapeOfLiveModel(stamps.shape());
        KnownObjectBias.of(stamps, index -> data.isSimulated(stamps, index)).ifPresent(listener::warned);
        TrainingResult trained = new TrainingPipeline(withKnownFeatures(stamps), listener)
                .train(stamps, index -> data.isEarlier(stamps, index), file, metadata);
        return compare(data, trained, file, report);
    }

    /** Without the features that no stamp has: a network cannot learn what they mean. */
    private TrainingSettings withKnownFeatures(LabelledStamps stamps) {
        List<CandidateFeature> known =
                settings.features().stream().filter(stamps::has).toList();
        if (known.size() < settings.features().size()) {
            listener.warned("No stamp has the features "
                    + settings.features().stream()
                            .filter(feature -> !stamps.has(feature))
                            .map(CandidateFeature::featureName)
                            .collect(Collectors.joining(", "))
                    + ", which the live model takes: the new model is trained without them.");
        }
        return settings.withFeatures(known);
    }

    private void requireShapeOfLiveModel(StampShape shape) {
        int planes = live.contract().planes().size();
        int size = live.contract().stampSize();
        if (!shape.equals(new StampShape(planes, size))) {
            throw new InvalidDataException("The stamps have " + shape + " pixels; the live model takes " + planes + "x"
                    + size + "x" + size + ".");
        }
    }

    private RetrainingResult compare(RetrainingData data, TrainingResult trained, Path file, Path report)
            throws IOException {
        long seed = settings.fit().seed();
        Examples test = trained.split().test();
        int[] heldOut = IntStream.range(0, test.size()).map(test::stampIndex).toArray();
        // Absolute, because a bare name can also mean a shipped model.
        ModelFile challengerFile = ModelFile.read(file.toAbsolutePath());
        try (StampModel challenger = StampModel.open(challengerFile);
                Explainer explainer = Explainer.of(challenger, OcclusionSettings.standard(), Explainer.CPU_BATCH)) {
            listener.stageStarted("scoring", 2L * heldOut.length);
            ScoredStamps ofChallenger = ScoredStamps.of(challenger, test.source(), heldOut, listener::stageAdvanced);
            ScoredStamps ofLive = ScoredStamps.of(live, test.source(), heldOut, listener::stageAdvanced);
            listener.stageFinished();
            GateDecision decision = new Gate(challenger, live, gate)
                    .decide(ofChallenger, ofLive, index -> data.isSimulated(test.source(), index), seed);
            ModelContract contract = challenger.contract();
            Evaluation evaluation = Evaluation.of(ofChallenger, contract, contract.threshold(), seed);
            ReportSubject subject = new ReportSubject(
                    file,
                    challengerFile.sha256(),
                    contract,
                    data.describe(),
                    test.source().fingerprint(),
                    ReportSubject.TEST,
                    seed);
            Report.write(subject, evaluation, Optional.of(decision), explainer, report);
            return new RetrainingResult(trained, evaluation, decision);
        }
    }
}
