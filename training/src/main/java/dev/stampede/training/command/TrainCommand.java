package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.dataset.Classes;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelCheck;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede train}: from a folder of labelled stamps to a model file. */
@Command(
        name = "train",
        description = "Trains a network on a folder of labelled stamps and writes a model file.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DATA", description = DataFolder.DESCRIPTION)
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "The model file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--network",
            defaultValue = "vgg6",
            description = "The network: vgg6, simple, simple-bn, resnet14, resnet56, resnet50.")
    private String networkName = "";

    @Option(names = "--recipe", defaultValue = "asinh-snr", description = "The normalisation of the stamps.")
    private String recipeName = "";

    @Option(
            names = "--channels",
            defaultValue = "median",
            split = ",",
            description = "The coadds in the files, in their order: median, mean, sum, weighted.")
    private List<CoaddKind> channels = List.of();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Rows and columns that the network sees: the centre of larger stamps. The whole stamps if not"
                    + " given.")
    private Optional<Integer> size = Optional.empty();

    @Option(
            names = "--classes",
            defaultValue = "bogus,real",
            split = ",",
            paramLabel = "NAME",
            description = "What the network tells apart: real, kinds of bogus stamps as in truth.csv (noise_peak,"
                    + " star_residue, ...), and bogus for all others.")
    private List<String> classes = List.of();

    @Option(
            names = "--pixel-scale",
            paramLabel = "ARCSEC",
            description = "The side of a pixel of the stamps, arcseconds: the model file tells it, and the stream can"
                    + " resample other surveys to it. That of simulated stamps is 0.263.")
    private Optional<Double> pixelScaleArcsec = Optional.empty();

    @Mixin
    private SplitOptions fractions = new SplitOptions();

    @Mixin
    private FitOptions fitting = new FitOptions();

    @Option(
            names = "--preset",
            description = "Settings of others, each of which an option of its own overrides: ${COMPLETION-CANDIDATES}."
                    + " The one of the astroML chapter is for comparison; its fits collapse to the larger class.")
    private Optional<Preset> preset = Optional.empty();

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint beside the model file, where there is one, with the same options.")
    private boolean resumes;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name; that of the network if not given.")
    private String name = "";

    @Option(names = "--model-version", defaultValue = "1", description = "The model's version.")
    private String modelVersion = "";

    @Option(
            names = "--max-false-positive-rate",
            defaultValue = "0.01",
            description = "Share of the bogus stamps that may pass the threshold, on the validation stamps.")
    private double maxFalsePositiveRate;

    @Option(
            names = "--labels-are-right",
            description = "Train even where the noise looks more like point sources than the sources do.")
    private boolean labelsAreRight;

    @Override
    public Integer call() {
        preset.ifPresent(given -> given.applyTo(spec, networkName));
        Network network = Network.named(networkName)
                .orElseThrow(() -> CommandFailure.usage(
                        "--network is '" + networkName + "', not one of " + Network.names() + "."));
        TrainingRun run = new TrainingRun(
                network,
                recipe(),
                channels,
                pixelScaleArcsec(),
                fitting.settings(),
                maxFalsePositiveRate(),
                Optional.empty());
        OutputFile.check(out);
        try {
            Split split = split(read(network), run.recipe());
            ModelContract contract = run.train(split, name.isBlank() ? networkName : name, modelVersion, out, resumes);
            report(contract);
            return 0;
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write " + out + ": " + failure.getMessage() + ".");
        }
    }

    private Recipe recipe() {
        return Recipe.named(recipeName)
                .orElseThrow(() -> CommandFailure.usage("--recipe is '" + recipeName + "', which is not known."));
    }

    private Classes classes() {
        try {
            return new Classes(classes);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("--classes: " + wrong.getMessage() + ".");
        }
    }

    private OptionalDouble pixelScaleArcsec() {
        pixelScaleArcsec.ifPresent(scale ->
                demand(scale > 0 && Double.isFinite(scale), "--pixel-scale is " + scale + ", not above 0 arcseconds."));
        return pixelScaleArcsec.stream().mapToDouble(Double::doubleValue).findFirst();
    }

    private double maxFalsePositiveRate() {
        demand(
                maxFalsePositiveRate > 0 && maxFalsePositiveRate < 1,
                "--max-false-positive-rate is " + maxFalsePositiveRate + ", not between 0 and 1.");
        return maxFalsePositiveRate;
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailure.usage(otherwise);
        }
    }

    private LabelledStamps read(Network network) {
        demand(size.orElse(1) >= 1, "--size is " + size.orElse(1) + ", not 1 or more.");
        LabelledStamps stamps = DataFolder.read(data, size.orElse(Integer.MAX_VALUE));
        demand(
                stamps.shape().size() == size.orElse(stamps.shape().size()),
                "The stamps have " + stamps.shape().size() + " pixels a side, fewer than --size " + size.orElse(1)
                        + ".");
        demand(
                stamps.shape().channels() == channels.size(),
                "The stamps have " + stamps.shape().channels() + " channels, but --channels names " + channels.size()
                        + ".");
        demand(
                stamps.shape().size() >= network.smallestSize(),
                "The stamps have " + stamps.shape().size() + " pixels a side; " + networkName + " takes "
                        + network.smallestSize() + " or more.");
        return stamps;
    }

    private Split split(LabelledStamps stamps, Recipe recipe) {
        Examples examples = Examples.of(stamps, recipe, classes());
        PrintWriter messages = spec.commandLine().getErr();
        messages.printf(
                Locale.ROOT,
                "%d stamps of %s pixels; %d of them cannot be judged and are left out%n",
                stamps.size(),
                stamps.shape(),
                stamps.size() - examples.size());
        Split split = Split.of(examples, fractions.fractions(), fitting.seed());
        LabelCheck.of(split.fitting(), fitting.seed()).demandRight(labelsAreRight);
        return split;
    }

    private void report(ModelContract contract) {
        PrintWriter lines = spec.commandLine().getOut();
        OutputFile.tell(out, contract, maxFalsePositiveRate, lines);
        lines.flush();
    }
}
