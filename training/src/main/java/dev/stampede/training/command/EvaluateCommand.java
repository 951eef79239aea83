package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelCheck;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.Figure;
import dev.stampede.training.evaluate.Interval;
import dev.stampede.training.evaluate.JudgedStamps;
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

/** {@code stampede evaluate}: how good a model file is on labelled stamps. */
@Command(
        name = "evaluate",
        description = "Measures a model file on labelled stamps and writes a report.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {
    /** Which of the stamps are judged. */
    enum Part {
        ALL,
        TEST
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "The model to measure: vgg6, resnet14, or a file.")
    private Path model = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DATA", description = DataFolder.DESCRIPTION)
    private Path data = Path.of("");

    @Option(names = "--report", required = true, paramLabel = "DIR", description = "Where to write the report.")
    private Path report = Path.of("");

    @Option(
            names = "--split",
            defaultValue = "all",
            description = "Which stamps to judge: all, or those that a training with the same seed kept for its test.")
    private Part part = Part.ALL;

    @Option(names = "--seed", defaultValue = "1", description = "Of the split and of the bootstrap.")
    private long seed;

    @Mixin
    private SplitOptions fractions = new SplitOptions();

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Probability from which a stamp counts as real;" + " the model's own if not given.")
    private Optional<Float> threshold = Optional.empty();

    @Option(
            names = "--labels-are-right",
            description = "Go on even where the noise looks more like point sources than the sources do.")
    private boolean labelsAreRight;

    @Option(names = "--json", description = "Print the figures as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        threshold.ifPresent(given -> {
            if (!(given >= 0 && given <= 1)) {
                throw CommandFailure.usage("--threshold is " + given + ", not from 0 to 1.");
            }
        });
        OutputFile.checkReport(report);
        ModelFile file = ModelFile.read(model);
        try (StampClassifier classifier = StampClassifier.open(file)) {
            ModelContract contract = classifier.contract();
            LabelledStamps stamps = read(data, contract);
            Subject subject = new Subject(
                    model,
                    file.sha256(),
                    contract,
                    data.toString(),
                    stamps.fingerprint(),
                    part.name().toLowerCase(Locale.ROOT),
                    seed);
            Evaluation evaluation = Evaluation.of(
                    judge(classifier, stamps, chosen(stamps, contract)),
                    contract,
                    threshold.orElse(contract.threshold()),
                    seed);
            try (Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), Explainer.CPU_BATCH)) {
                Report.write(subject, evaluation, explainer, report);
            }
            say(subject, evaluation);
            return 0;
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write " + report + ": " + failure.getMessage() + ".");
        }
    }

    /** The stamps in {@code data}; those that {@code contract} cannot take are a {@link CommandFailure}. */
    static LabelledStamps read(Path data, ModelContract contract) {
        LabelledStamps stamps = DataFolder.read(data, contract.stampSize());
        if (stamps.shape().channels() != contract.channels().size()
                || stamps.shape().size() < contract.stampSize()) {
            throw CommandFailure.failed("The stamps in " + data + " have " + stamps.shape()
                    + " pixels; the model takes " + contract.channels().size() + "x" + contract.stampSize() + "x"
                    + contract.stampSize() + ".");
        }
        return stamps;
    }

    private int[] chosen(LabelledStamps stamps, ModelContract contract) {
        Examples examples = Examples.of(stamps, contract.recipe());
        LabelCheck.of(examples, seed).demandRight(labelsAreRight);
        if (part == Part.ALL) {
            return IntStream.range(0, stamps.size()).toArray();
        }
        Examples test = Split.of(examples, fractions.fractions(), seed).test();
        return IntStream.range(0, test.size()).map(test::stampIndex).toArray();
    }

    private static JudgedStamps judge(StampClassifier classifier, LabelledStamps stamps, int[] chosen) {
        try (Progress progress = Progress.of("judging", chosen.length)) {
            return JudgedStamps.of(classifier, stamps, chosen, progress::advance);
        }
    }

    private void say(Subject subject, Evaluation evaluation) {
        PrintWriter lines = spec.commandLine().getOut();
        if (json) {
            lines.println(Report.json(subject, evaluation));
        } else {
            for (Figure figure : Figure.values()) {
                Interval value = evaluation.figures().of(figure);
                lines.printf(
                        Locale.ROOT,
                        "%s %.6f (%.6f to %.6f)%n",
                        figure.key(),
                        value.value(),
                        value.low(),
                        value.high());
            }
            evaluation
                    .bound()
                    .ifPresentOrElse(
                            bound -> lines.printf(
                                    Locale.ROOT,
                                    "missed at 1 %% of the noise peaks: model %.6f, matched filter %.6f%n",
                                    bound.model().of(Figure.MISSED_AT_1E2).value(),
                                    bound.filter().of(Figure.MISSED_AT_1E2).value()),
                            () -> lines.println("no matched filter: truth.csv does not tell kinds and widths"));
            lines.println("wrote " + report.resolve(Report.PAGE));
        }
        lines.flush();
        if (subject.flatters()) {
            spec.commandLine()
                    .getErr()
                    .println("The model was fitted to most of these stamps; --split test judges only the others.");
        }
    }
}
