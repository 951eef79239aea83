package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.Calibration;
import dev.stampede.training.evaluate.ClassScores;
import dev.stampede.training.evaluate.Headline;
import dev.stampede.training.evaluate.Populations;
import dev.stampede.training.evaluate.Predictions;
import dev.stampede.training.evaluate.RocCurve;
import dev.stampede.training.export.ModelExport;
import dev.stampede.training.export.Witnesses;
import dev.stampede.training.fit.Fit;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.History;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * One training from split stamps to model file.
 *
 * @param pixelScaleArcsec the side of a pixel of the stamps, arcseconds, where it is known
 * @param maxFalsePositiveRate share of the bogus validation stamps that may pass the threshold, above 0 and below 1
 * @param provenance what the model file is to tell of its data, as JSON, where there is anything to tell
 */
record TrainingRun(
        Network network,
        Recipe recipe,
        List<CoaddKind> channels,
        OptionalDouble pixelScaleArcsec,
        FitSettings settings,
        double maxFalsePositiveRate,
        Optional<String> provenance) {
    TrainingRun {
        channels = List.copyOf(channels);
    }

    /**
     * Fits, calibrates, measures and writes {@code file} with its history beside it; answers what the file says. A
     * checkpoint lies beside it from the first epoch until the file is written; a run that {@code resumes} goes on from
     * there.
     */
    ModelContract train(Split split, String name, String version, Path file, boolean resumes) throws IOException {
        Path checkpoint = beside(file, ".checkpoint");
        Fit fit;
        try (Progress progress = Progress.of("fitting", Fit.stamps(split, settings))) {
            fit = Fit.of(network, split, settings, progress, checkpoint, resumes);
        }
        History.write(fit.epochs(), beside(file, ".history.csv"));
        History.draw(fit.epochs(), beside(file, ".history.png"));
        ModelContract contract = export(fit.network(), split, name, version, file);
        Files.deleteIfExists(checkpoint);
        return contract;
    }

    private ModelContract export(ComputationGraph fitted, Split split, String name, String version, Path file)
            throws IOException {
        ClassScores validation = ClassScores.of(fitted, split.validation());
        double temperature = Calibration.temperature(validation);
        double threshold = RocCurve.of(validation.at(temperature)).threshold(maxFalsePositiveRate);
        Predictions test = ClassScores.of(fitted, split.test()).at(temperature);
        Witnesses witnesses = Witnesses.of(split.test(), test);
        ModelContract contract = new ModelContract(
                name,
                version,
                network.networkName(),
                recipe,
                channels,
                split.test().shape().size(),
                split.test().classes().names(),
                (float) (1 / (1 + Math.exp(-threshold))),
                temperature,
                split.test().source().fingerprint(),
                Headline.of(test, threshold).byName(),
                witnesses.golden(),
                pixelScaleArcsec);
        Map<String, String> entries = new TreeMap<>();
        Populations.of(split.test(), test)
                .ifPresent(population -> entries.put(ReferencePopulation.ENTRY, population.text()));
        provenance.ifPresent(told -> entries.put(ModelContract.PROVENANCE, told));
        ModelExport.write(fitted, contract, entries, witnesses, file);
        return contract;
    }

    /** {@code vgg6.onnx} has {@code vgg6.history.csv} beside it. */
    static Path beside(Path file, String ending) {
        String fileName = file.toAbsolutePath().getFileName().toString();
        String stem = fileName.endsWith(".onnx") ? fileName.substring(0, fileName.length() - 5) : fileName;
        return file.resolveSibling(stem + ending);
    }
}
