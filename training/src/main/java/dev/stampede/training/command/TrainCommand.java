package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.ClassNames;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.network.Network;
import dev.stampede.training.pipeline.TrainingPipeline;
import dev.stampede.training.pipeline.TrainingResult;
import dev.stampede.training.pipeline.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede train}: from a folder of labelled stamps to a model file. */
@Command(
        name = "train",
        description = "Trains a network on labelled stamps and writes a model file.",
        mixinStandardHelpOptions = true)
@Example("train --data simulated --network vgg6 --out vgg6.onnx")
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = DataFolder.DESCRIPTION + " May be repeated: the data sets are read as one.")
    private List<Path> data;

    @OptionHeading("Stamps")
    @Option(
            names = "--planes",
            paramLabel = "PLANE",
            split = ",",
            defaultValue = "median",
            description = DataOptions.PLANES + ".")
    private List<Plane> planes;

    @Mixin
    private DataOptions dataOptions;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "Model file to write.")
    private Path out;

    @Mixin
    private OutputFiles output;

    @OptionHeading("Model")
    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "vgg6",
            description = "Network: vgg6, compact, simple, simple-bn, resnet14, resnet56, resnet50.")
    private String networkName;

    @OptionHeading("Model")
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "asinh-snr",
            description = "Normalisation of the stamps.")
    private String recipeName;

    @OptionHeading("Model")
    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description =
                    "Model whose probabilities the network learns in addition to the labels: a large network teaches a small"
                            + " one (distillation). It may take other planes of the stamps than the network.")
    private @Nullable Path teacher;

    @OptionHeading("Model")
    @Option(
            names = "--network-planes",
            paramLabel = "INPUT",
            split = ",",
            description = "Planes of the stamps that the network takes, in order (default: all).")
    private List<Plane> networkPlanes = List.of();

    @OptionHeading("Model")
    @Option(
            names = "--features",
            paramLabel = "FEATURE",
            split = ",",
            defaultValue = FeatureNames.NONE,
            description = FeatureNames.DESCRIPTION + ".")
    private List<String> features;

    @OptionHeading("Stamps")
    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Rows and columns of the network's input; larger stamps are cropped to their centre (default: the"
                            + " size of the stamps).")
    private @Nullable Integer size;

    @OptionHeading("Model")
    @Option(
            names = "--classes",
            defaultValue = "bogus,real",
            split = ",",
            paramLabel = "NAME",
            description = "Classes of the network's output: real, kinds of bogus stamps as in truth.csv (noise_peak,"
                    + " star_residue, ...), and bogus for all others.")
    private List<String> classes;

    @OptionHeading("Model")
    @Option(
            names = "--pixel-scale",
            paramLabel = "ARCSEC",
            description =
                    "Pixel scale of the stamps in arcseconds, stored in the model file; the stream can resample the"
                            + " images of other surveys to it. Simulated stamps have 0.263.")
    private @Nullable Double pixelScaleArcsec;

    @Mixin
    private SplitOptions split;

    @Mixin
    private FitOptions fit;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "Published settings, which other options override: ${COMPLETION-CANDIDATES}. astroml is for"
                    + " comparison; its networks predict the larger class for every stamp.")
    private @Nullable Preset preset;

    @Option(
            names = "--resume",
            description = "Continue an interrupted run with the same options from its checkpoint, if there is one;"
                    + " overwrites as --force does.")
    private boolean resume;

    @OptionHeading("Model")
    @Option(names = "--name", paramLabel = "NAME", description = "Name of the model (default: that of the network).")
    private @Nullable String name;

    @OptionHeading("Model")
    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            defaultValue = "1",
            description = "Version of the model.")
    private String modelVersion;

    @OptionHeading("Model")
    @Option(
            names = "--max-false-positive-rate",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description = "False-positive rate on the validation set that sets the threshold.")
    private double maxFalsePositiveRate;

    @OptionHeading("Stamps")
    @Option(
            names = "--labels-are-right",
            description = "Train even if the bogus stamps look more like point sources than the real ones.")
    private boolean labelsAreRight;

    @Override
    public Integer call() {
        TrainingPlatform.require("train");
        if (preset != null) {
            preset.applyTo(spec, networkName);
        }
        TrainingSettings settings = settings();
        FitOptions.requireOutput(output, out, resume);
        LabelledStamps stamps = read(settings.network());
        try (ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr())) {
            TrainingResult result = new TrainingPipeline(settings, progress).train(stamps, out);
            WrittenModel.print(
                    out,
                    result.contract(),
                    maxFalsePositiveRate,
                    spec.commandLine().getOut());
            return 0;
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + out + ": " + FailureReason.of(failure) + ".");
        }
    }

    private TrainingSettings settings() {
        Network network = Network.named(networkName)
                .orElseThrow(() -> CommandException.usage(
                        "--network is '" + networkName + "', not one of " + Network.names() + "."));
        Recipe recipe = Recipe.named(recipeName)
                .orElseThrow(() -> CommandException.usage("--recipe is '" + recipeName + "', which is unknown."));
        require(
                maxFalsePositiveRate > 0 && maxFalsePositiveRate < 1,
                "--max-false-positive-rate is " + maxFalsePositiveRate + ", not between 0 and 1.");
        DataOptions.requireDistinct("--planes", planes);
        DataOptions.requireDistinct("--network-planes", networkPlanes);
        require(
                planes.containsAll(networkPlanes),
                "--network-planes is " + Plane.names(networkPlanes) + ", not some of --planes " + Plane.names(planes)
                        + ".");
        TrainingSettings.Builder settings = TrainingSettings.builder(network)
                .recipe(recipe)
                .planes(planes)
                .networkPlanes(networkPlanes)
                .features(FeatureNames.parse(features))
                .classes(classes())
                .fractions(split.fractions())
                .fit(fit.settings())
                .maxFalsePositiveRate(maxFalsePositiveRate)
                .modelVersion(modelVersion)
                .resume(resume)
                .acceptSwappedLabels(labelsAreRight);
        if (teacher != null) {
            settings.teacher(ModelFile.read(teacher));
        }
        if (name != null && !name.isBlank()) {
            settings.modelName(name);
        }
        if (pixelScaleArcsec != null) {
            require(
                    pixelScaleArcsec > 0 && Double.isFinite(pixelScaleArcsec),
                    "--pixel-scale is " + pixelScaleArcsec + ", not above 0 arcseconds.");
            settings.pixelScaleArcsec(pixelScaleArcsec);
        }
        return settings.build();
    }

    private ClassNames classes() {
        try {
            return new ClassNames(classes);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("--classes: " + wrong.getMessage() + ".");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandException.usage(otherwise);
        }
    }

    private LabelledStamps read(Network network) {
        require(size == null || size >= 1, "--size is " + size + ", not 1 or more.");
        LabelledStamps stamps = dataOptions.read(data, planes, size == null ? Integer.MAX_VALUE : size);
        int actual = stamps.shape().size();
        require(
                size == null || actual == size,
                "The stamps have " + actual + " pixels a side, fewer than --size " + size + ".");
        require(
                actual >= network.smallestSize(),
                "The stamps have " + actual + " pixels a side; " + networkName + " takes " + network.smallestSize()
                        + " or more.");
        return stamps;
    }
}
