package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.training.fit.TrainingFiles;
import dev.stampede.training.network.Network;
import dev.stampede.training.pipeline.Retraining;
import dev.stampede.training.pipeline.RetrainingData;
import dev.stampede.training.pipeline.RetrainingResult;
import dev.stampede.training.pipeline.TrainingSettings;
import dev.stampede.training.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede retrain}: from labels to a new model file that a gate has compared with the live model. */
@Command(
        name = "retrain",
        description = {
            "Trains a model on labelled stamps of the stream and compares it with the live model on a held-out test set."
                    + " The model file is always written; the exit code is the decision of the gate.",
            "The new model has the planes, the features, the stamp size and the pixel scale of the live model."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:the gate passes: the new model is not worse than the live one in any check",
            "1:failure; no model was written",
            "2:wrong usage",
            "3:the new model was written, but the gate rejects it"
        })
@Example("retrain --data night --live vgg6 --out next.onnx --report report --model-version 2")
final class RetrainCommand implements Callable<Integer> {
    /** The exit code if the gate rejects the new model. */
    static final int REJECTED = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LabelledDataOptions labels;

    @Option(
            names = "--live",
            required = true,
            paramLabel = "MODEL",
            description = "Model to compare with: " + ModelFile.NAMES + ", or a file.")
    private Path live;

    @OptionHeading("Labelled stamps")
    @Option(
            names = "--simulated",
            defaultValue = "0",
            paramLabel = "N",
            description = "Add N simulated stamps, half of them sources. Choose a --seed that the live model was not"
                    + " trained on.")
    private int simulated;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "Model file to write.")
    private Path out;

    @Option(
            names = "--report",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the report; created with its parents if absent.")
    private Path report;

    @Mixin
    private OutputFiles output;

    @OptionHeading("Model")
    @Option(names = "--network", paramLabel = "NAME", description = "Network (default: that of the live model).")
    private @Nullable String networkName;

    @OptionHeading("Model")
    @Option(names = "--recipe", paramLabel = "NAME", description = "Normalisation (default: that of the live model).")
    private @Nullable String recipeName;

    @OptionHeading("Model")
    @Option(
            names = "--features",
            paramLabel = "FEATURE",
            split = ",",
            description = FeatureNames.DESCRIPTION + " (default: those of the live model).")
    private @Nullable List<String> features;

    @Mixin
    private SplitOptions split;

    @Mixin
    private FitOptions fit;

    @Mixin
    private GateOptions gate;

    @Option(
            names = "--resume",
            description =
                    "Continue an interrupted run with the same options from its label export and checkpoint, if they"
                            + " exist; overwrites as --force does.")
    private boolean resume;

    @OptionHeading("Model")
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model (default: that of the live model).")
    private @Nullable String name;

    @OptionHeading("Model")
    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            required = true,
            description = "Version of the model; must differ from the live model's.")
    private String modelVersion;

    @OptionHeading("Labelled stamps")
    @Option(
            names = "--labels-are-right",
            description = "Train even if the bogus stamps look more like point sources than the real ones.")
    private boolean labelsAreRight;

    @Override
    public Integer call() {
        TrainingPlatform.require("retrain");
        if (simulated < 0) {
            throw CommandException.usage("--simulated is " + simulated + ", not 0 or more.");
        }
        gate.settings();
        FitOptions.requireOutput(output, out, resume);
        output.requireFolder(report);
        try (StampModel liveModel = StampModel.open(ModelFile.read(live))) {
            return retrain(liveModel);
        } catch (IOException failure) {
            throw CommandException.failed(
                    "Cannot write " + out + " or " + report + ": " + FailureReason.of(failure) + ".");
        }
    }

    private int retrain(StampModel liveModel) throws IOException {
        TrainingSettings settings = settings(liveModel.contract());
        RetrainingData data = new RetrainingData(
                labels.data(TrainingFiles.labelExport(out), resume, output), labels.earlier(), simulated, fit.seed());
        PrintWriter lines = spec.commandLine().getOut();
        try (ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr())) {
            RetrainingResult result =
                    new Retraining(liveModel, settings, gate.settings(), progress).run(data, out, report);
            WrittenModel.print(out, result.training().contract(), settings.maxFalsePositiveRate(), lines);
            GateLines.print(result.decision(), lines);
            lines.println("wrote " + report.resolve(Report.PAGE));
            lines.flush();
            return result.decision().passes() ? 0 : REJECTED;
        }
    }

    private TrainingSettings settings(ModelContract contract) {
        String network = networkName == null ? contract.network() : networkName;
        TrainingSettings.Builder settings = TrainingSettings.builder(Network.named(network)
                        .orElseThrow(() -> CommandException.usage(
                                "--network: '" + network + "' is not one of " + Network.names() + ".")))
                .like(contract)
                .fractions(split.fractions())
                .fit(fit.settings())
                .maxFalsePositiveRate(gate.maxFalsePositiveRate())
                .modelVersion(modelVersion)
                .resume(resume)
                .acceptSwappedLabels(labelsAreRight);
        if (features != null) {
            settings.features(FeatureNames.parse(features));
        }
        if (recipeName != null) {
            settings.recipe(Recipe.named(recipeName)
                    .orElseThrow(() -> CommandException.usage("--recipe is '" + recipeName + "', which is unknown.")));
        }
        if (name != null) {
            settings.modelName(name);
        }
        return settings.build();
    }
}
