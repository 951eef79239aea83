package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Classes;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelCheck;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.JudgedStamps;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.gate.Gate;
import dev.stampede.training.gate.GateDecision;
import dev.stampede.training.network.Network;
import dev.stampede.training.report.Report;
import dev.stampede.training.report.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stampede retrain}: from labels to a new model file that a gate has held against the live one. */
@Command(
        name = "retrain",
        description = {
            "Trains a model on labelled stamps of the stream and holds it against the live one on stamps that were kept"
                    + " aside. The file is written either way; the exit code tells whether it may follow.",
            "The new model takes what the live one takes: its channels, its size, its pixel scale."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the new model is worse than the live one in nothing that the gate looks at",
            "1:the work failed, and no model was written",
            "2:wrong usage",
            "3:the new model is written, and the gate refuses it"
        })
final class RetrainCommand implements Callable<Integer> {
    /** The gate refuses the new model. */
    static final int REFUSED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LabelOptions labels = new LabelOptions();

    @Option(
            names = "--live",
            required = true,
            paramLabel = "MODEL",
            description = "The model to be better than: vgg6, resnet14, or a file.")
    private Path live = Path.of("");

    @Option(
            names = "--simulated",
            defaultValue = "0",
            paramLabel = "N",
            description = "Add N simulated stamps of --seed, half of them sources. Take a seed that the live model was"
                    + " not trained on.")
    private int simulated;

    @Option(names = "--out", required = true, paramLabel = "FILE.onnx", description = "The model file to write.")
    private Path out = Path.of("");

    @Option(names = "--report", required = true, paramLabel = "DIR", description = "Where to write the report.")
    private Path report = Path.of("");

    @Option(names = "--network", paramLabel = "NAME", description = "The network; that of the live model if not given.")
    private Optional<String> networkName = Optional.empty();

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "The normalisation; that of the live model if not given.")
    private Optional<String> recipeName = Optional.empty();

    @Mixin
    private SplitOptions fractions = new SplitOptions();

    @Mixin
    private FitOptions fitting = new FitOptions();

    @Mixin
    private GateOptions gating = new GateOptions();

    @Option(
            names = "--resume",
            description =
                    "Go on after a crash with the same options: from the archive and the checkpoint beside the model"
                            + " file, where they are.")
    private boolean resumes;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name; that of the live one if not given.")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--model-version",
            required = true,
            description = "The model's version, another than the live one's.")
    private String modelVersion = "";

    @Option(
            names = "--labels-are-right",
            description = "Train even where the bogus stamps look more like point sources than the real ones do.")
    private boolean labelsAreRight;

    @Override
    public Integer call() {
        if (simulated < 0) {
            throw CommandFailure.usage("--simulated is " + simulated + ", not 0 or more.");
        }
        gating.settings();
        OutputFile.check(out);
        OutputFile.checkReport(report);
        ModelFile liveFile = ModelFile.read(live);
        try (StampClassifier liveModel = StampClassifier.open(liveFile)) {
            return retrain(liveModel);
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write " + out + " or " + report + ": " + failure.getMessage() + ".");
        }
    }

    private int retrain(StampClassifier liveModel) throws IOException {
        ModelContract contract = liveModel.contract();
        Network network = network(contract);
        Recipe recipe = recipe(contract);
        FitSettings settings = fitting.settings();
        RetrainingData data = new RetrainingData(
                labels.data(TrainingRun.beside(out, ".archive"), resumes), simulated, fitting.seed());
        TrainingRun run = new TrainingRun(
                network,
                recipe,
                contract.channels(),
                contract.pixelScaleArcsec(),
                settings,
                gating.maxFalsePositiveRate(),
                Optional.of(data.provenance(liveModel.model().sha256())));
        Split split = split(read(data, contract, network), recipe);
        ModelContract written = run.train(split, name.orElse(contract.modelName()), modelVersion, out, resumes);
        PrintWriter lines = spec.commandLine().getOut();
        OutputFile.tell(out, written, gating.maxFalsePositiveRate(), lines);
        GateDecision decision = judge(liveModel, data, split);
        GateLines.tell(decision, lines);
        lines.println("wrote " + report.resolve(Report.PAGE));
        lines.flush();
        return decision.passes() ? 0 : REFUSED;
    }

    private Network network(ModelContract contract) {
        String given = networkName.orElse(contract.network());
        return Network.named(given)
                .orElseThrow(() ->
                        CommandFailure.usage("--network: '" + given + "' is not one of " + Network.names() + "."));
    }

    private Recipe recipe(ModelContract contract) {
        return recipeName
                .map(given -> Recipe.named(given)
                        .orElseThrow(() -> CommandFailure.usage("--recipe is '" + given + "', which is not known.")))
                .orElse(contract.recipe());
    }

    private LabelledStamps read(RetrainingData data, ModelContract contract, Network network) throws IOException {
        LabelledStamps stamps = data.read(contract.channels(), contract.stampSize());
        if (stamps.shape().channels() != contract.channels().size()
                || stamps.shape().size() != contract.stampSize()
                || stamps.shape().size() < network.smallestSize()) {
            throw CommandFailure.failed("The stamps have " + stamps.shape() + " pixels; the live model takes "
                    + contract.channels().size() + "x" + contract.stampSize() + "x" + contract.stampSize()
                    + ", and the network " + network.smallestSize() + " a side or more.");
        }
        return stamps;
    }

    private Split split(LabelledStamps stamps, Recipe recipe) {
        Examples examples = Examples.of(stamps, recipe, Classes.TWO);
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%d stamps of %s pixels; %d of them cannot be judged and are left out%n",
                        stamps.size(),
                        stamps.shape(),
                        stamps.size() - examples.size());
        Split split = Split.of(examples, fractions.fractions(), fitting.seed());
        LabelCheck.of(split.fitting(), fitting.seed()).demandRight(labelsAreRight);
        return split;
    }

    private GateDecision judge(StampClassifier liveModel, RetrainingData data, Split split) throws IOException {
        LabelledStamps stamps = split.test().source();
        int[] heldOut = IntStream.range(0, split.test().size())
                .map(split.test()::stampIndex)
                .toArray();
        ModelFile file = ModelFile.read(out.toAbsolutePath());
        try (StampClassifier fresh = StampClassifier.open(file);
                Progress progress = Progress.of("judging", 2L * heldOut.length);
                Explainer explainer = Explainer.of(fresh, OcclusionSettings.standard(), Explainer.CPU_BATCH)) {
            JudgedStamps ofFresh = JudgedStamps.of(fresh, stamps, heldOut, progress::advance);
            JudgedStamps ofLive = JudgedStamps.of(liveModel, stamps, heldOut, progress::advance);
            GateDecision decision = new Gate(fresh, liveModel, gating.settings())
                    .decide(ofFresh, ofLive, index -> data.isSimulated(stamps, index), fitting.seed());
            ModelContract contract = fresh.contract();
            Evaluation evaluation = Evaluation.of(ofFresh, contract, contract.threshold(), fitting.seed());
            Subject subject = new Subject(
                    out, file.sha256(), contract, data.words(), stamps.fingerprint(), "test", fitting.seed());
            Report.write(subject, evaluation, Optional.of(decision), explainer, report);
            return decision;
        }
    }
}
