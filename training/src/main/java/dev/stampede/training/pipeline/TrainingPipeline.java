package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.training.calibrate.Calibration;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.calibrate.RocCurve;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.FeatureMask;
import dev.stampede.training.dataset.FeatureScaling;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelCheck;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.evaluate.HeadlineMetrics;
import dev.stampede.training.evaluate.ReferencePopulations;
import dev.stampede.training.export.ModelExport;
import dev.stampede.training.export.ParityStamps;
import dev.stampede.training.fit.FittedNetwork;
import dev.stampede.training.fit.TrainingFiles;
import dev.stampede.training.fit.TrainingHistory;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Trains a network and exports it: normalises and splits the stamps, fits, calibrates and sets the threshold on the
 * validation set, measures the test set, and writes a model file that is verified against the network.
 */
public final class TrainingPipeline {
    private final TrainingSettings settings;
    private final TrainingListener listener;

    public TrainingPipeline(TrainingSettings settings, TrainingListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Trains on {@code stamps} and writes {@code file}, with its history ({@code .history.csv}, {@code .history.png})
     * next to it. A checkpoint ({@code .checkpoint}) exists from the end of the first epoch until the file is written.
     *
     * @throws InvalidDataException if the stamps do not fit the settings, are too few, or their labels look swapped
     * @throws dev.stampede.training.fit.CheckpointException if the run cannot resume from its checkpoint
     * @throws dev.stampede.training.fit.DivergedException if the loss becomes NaN
     * @throws dev.stampede.training.export.ExportException if the verification of the model file fails
     * @throws IOException if a file cannot be written
     */
    public TrainingResult train(LabelledStamps stamps, Path file) throws IOException {
        return train(stamps, stamp -> false, file, Map.of());
    }

    /** The same with additional metadata entries, and with some stamps, by index, in the training set only. */
    TrainingResult train(LabelledStamps stamps, IntPredicate isForFittingOnly, Path file, Map<String, String> metadata)
            throws IOException {
        requireShape(stamps.shape());
        StampModel.requireEngine(); // the export needs it; this fails before the first epoch
        Split split = split(stamps, isForFittingOnly);
        Path checkpoint = TrainingFiles.checkpoint(file);
        FittedNetwork fitted =
                FittedNetwork.of(settings.network(), split, settings.fit(), listener, checkpoint, settings.resume());
        TrainingHistory.write(fitted.epochs(), TrainingFiles.history(file));
        TrainingHistory.draw(fitted.epochs(), TrainingFiles.historyChart(file));
        TrainingResult result = export(fitted, split, file, metadata);
        Files.deleteIfExists(checkpoint);
        return result;
    }

    private void requireShape(StampShape shape) {
        if (shape.planes() != settings.planes().size()
                || shape.size() < settings.network().smallestSize()) {
            throw new InvalidDataException("The stamps have " + shape + " pixels; the settings have "
                    + settings.planes().size() + " planes, and the network "
                    + settings.network().networkName() + " takes "
                    + settings.network().smallestSize() + " pixels a side or more.");
        }
    }

    private Split split(LabelledStamps stamps, IntPredicate isForFittingOnly) {
        long seed = settings.fit().seed();
        Examples examples = Examples.of(
                stamps.withPlanes(settings.planes(), settings.networkPlanes()), settings.recipe(), settings.classes());
        listener.examplesPrepared(stamps, examples);
        Split split = Split.of(examples, settings.fractions(), seed, isForFittingOnly);
        LabelCheck.of(split.fitting(), settings.networkPlanes(), seed).requireRight(settings.acceptSwappedLabels());
        if (!Network.usesOneDnn()) {
            listener.warned("training takes about forty times as long, because oneDNN is not used");
        }
        FeatureScaling.imbalance(split.fitting(), settings.features()).ifPresent(listener::warned);
        if (settings.teacher().isPresent()) {
            Teacher teacher = new Teacher(settings.teacher().get(), settings.planes());
            split = split.with(teacher.labels(stamps, split.fitting(), listener));
        }
        return settings.features().isEmpty()
                ? split
                : split.with(FeatureScaling.of(split.fitting(), settings.features()));
    }

    private TrainingResult export(FittedNetwork fitted, Split split, Path file, Map<String, String> metadata)
            throws IOException {
        ClassScores validation = ClassScores.of(fitted.network(), split.validation());
        double temperature = Calibration.temperature(validation);
        double threshold = RocCurve.of(validation.at(temperature)).threshold(settings.maxFalsePositiveRate());
        Predictions test = ClassScores.of(fitted.network(), split.test()).at(temperature);
        ParityStamps parityStamps = parityStamps(fitted, split.test(), test, temperature);
        ModelContract contract = new ModelContract(
                new ModelContract.Identity(
                        settings.modelName(),
                        settings.modelVersion(),
                        settings.network().networkName()),
                new ModelContract.Input(
                        settings.networkPlanes(),
                        split.test().shape().size(),
                        split.test().featureInput()),
                Preprocessing.of(settings.recipe()),
                new ModelContract.Output(
                        split.test().classes().names(), (float) (1 / (1 + Math.exp(-threshold))), temperature),
                Domain.ofTraining(settings.pixelScaleArcsec()),
                Evidence.ofTraining(
                        split.test().source().fingerprint(),
                        HeadlineMetrics.of(test, threshold).byName(),
                        parityStamps.golden()));
        Map<String, String> entries = new TreeMap<>(metadata);
        ReferencePopulations.of(split.test(), test)
                .ifPresent(population -> entries.put(ReferencePopulation.ENTRY, population.text()));
        double difference = ModelExport.write(fitted.network(), contract, entries, parityStamps, file);
        return new TrainingResult(contract, split, fitted.epochs(), difference);
    }

    /** Of a network that takes features some lack some, so that they also verify what it makes of masked ones. */
    private static ParityStamps parityStamps(
            FittedNetwork fitted, Examples examples, Predictions complete, double temperature) {
        return examples.featureInput().isEmpty()
                ? ParityStamps.of(examples, complete)
                : ParityStamps.of(
                        examples,
                        ClassScores.of(fitted.network(), examples, FeatureMask.SOME)
                                .at(temperature),
                        FeatureMask.SOME);
    }
}
