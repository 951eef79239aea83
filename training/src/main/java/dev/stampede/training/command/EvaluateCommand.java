package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelCheck;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.ConfidenceInterval;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.Metric;
import dev.stampede.training.evaluate.ScoredStamps;
import dev.stampede.training.report.Report;
import dev.stampede.training.report.ReportSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code stampede evaluate}: measures a model file on labelled stamps. */
@Command(
        name = "evaluate",
        description =
                "Measures a model file on labelled stamps, or against the score of a survey, and writes a report.",
        mixinStandardHelpOptions = true)
@Example("evaluate --model vgg6.onnx --data test-set --report report")
final class EvaluateCommand implements Callable<Integer> {
    private static final String AGAINST = "--against";
    private static final String CUTS = "--cuts";
    private static final List<Double> DEFAULT_CUTS = List.of(0.5, 0.8);

    /** Options that have no effect on packets. */
    private static final Set<String> OF_DATA = Set.of(
            "--split",
            "--seed",
            "--fractions",
            "--threshold",
            "--labels-are-right",
            "--label-column",
            "--partial-is-bogus",
            "--axes",
            "--coadd-exposures",
            "--column");

    /** {@code surveyScore} or {@code signalToNoise}. */
    private static final class ScoreConverter implements ITypeConverter<PacketEvaluation.Score> {
        @Override
        public PacketEvaluation.Score convert(String value) {
            return Arrays.stream(PacketEvaluation.Score.values())
                    .filter(score -> score.column().equals(value))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + value + "' is not one of surveyScore, signalToNoise"));
        }
    }

    /** The stamps to evaluate. */
    enum Part {
        ALL,
        TEST
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "Model to evaluate: " + ModelFile.NAMES + ", or a file.")
    private Path model;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** What the model is measured on. */
    private static final class Source {
        @Option(
                names = "--data",
                required = true,
                paramLabel = "DATA",
                description = DataFolder.DESCRIPTION + " May be repeated: the data sets are read as one.")
        private @Nullable List<Path> data;

        @Option(
                names = "--packets",
                required = true,
                arity = "1..*",
                paramLabel = "INPUT",
                description = "Packets of a supported survey that contain their schema: files, folders and archives as"
                        + " for classify. The model is compared"
                        + " with the score in them; no labels are needed.")
        private @Nullable List<Path> packets;
    }

    @Mixin
    private ModelDataOptions dataOptions;

    @Option(
            names = "--report",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the report; created with its parents if absent.")
    private Path report;

    @Mixin
    private OutputFiles output;

    @OptionHeading("Stamps")
    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "all",
            description = "Stamps to evaluate: all, or the test set of a training with the same seed and fractions.")
    private Part part;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed of the split and of the bootstrap.")
    private long seed;

    @Mixin
    private SplitOptions split;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Probability from which a stamp counts as real (default: the threshold of the model).")
    private @Nullable Float threshold;

    @OptionHeading("Stamps")
    @Option(
            names = "--labels-are-right",
            description = "Continue even if the bogus stamps look more like point sources than the real ones.")
    private boolean labelsAreRight;

    @OptionHeading("Packets")
    @Option(
            names = AGAINST,
            paramLabel = "SCORE",
            converter = ScoreConverter.class,
            description = "Score of the packets to compare with: surveyScore or signalToNoise (default: surveyScore).")
    private PacketEvaluation.@Nullable Score against;

    @Option(
            names = CUTS,
            split = ",",
            paramLabel = "SCORE",
            description = "Scores from which a candidate counts as real, ascending (default: 0.5,0.8; required with"
                    + " --against signalToNoise).")
    private @Nullable List<Double> cuts;

    @Option(names = "--json", description = "Print the metrics as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw CommandException.usage("--threshold is " + threshold + ", not from 0 to 1.");
        }
        requireOptionsOf(source.packets == null ? Set.of(AGAINST, CUTS) : OF_DATA);
        output.requireFolder(report);
        ModelFile file = ModelFile.read(model);
        try (StampModel stampModel = StampModel.open(file)) {
            ModelContract contract = stampModel.contract();
            if (source.packets != null) {
                PacketEvaluation.Score score = against == null ? PacketEvaluation.Score.SURVEY_SCORE : against;
                new PacketEvaluation(model, file, contract, source.packets, score, cuts(score))
                        .run(report, json, spec.commandLine().getOut());
            } else if (source.data != null) {
                evaluate(source.data, file, stampModel);
            }
            return 0;
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + report + ": " + FailureReason.of(failure) + ".");
        }
    }

    /** Rejects options that have no effect on what is evaluated. */
    private void requireOptionsOf(Set<String> others) {
        for (String option : others) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw CommandException.usage(option + " has no effect with "
                        + (source.packets == null ? "--data" : "--packets") + "; leave it out.");
            }
        }
    }

    private List<Double> cuts(PacketEvaluation.Score score) {
        if (cuts == null && score != PacketEvaluation.Score.SURVEY_SCORE) {
            throw CommandException.usage("--against " + score.column() + " needs --cuts, in its unit.");
        }
        List<Double> given = cuts == null ? DEFAULT_CUTS : cuts;
        if (!given.equals(given.stream().sorted().distinct().toList())) {
            throw CommandException.usage("--cuts are " + given + ", not ascending.");
        }
        return given;
    }

    private void evaluate(List<Path> data, ModelFile file, StampModel stampModel) throws IOException {
        ModelContract contract = stampModel.contract();
        LabelledStamps stamps = dataOptions.read(data, contract);
        ReportSubject subject = new ReportSubject(
                model,
                file.sha256(),
                contract,
                DataFolder.names(data),
                stamps.fingerprint(),
                part.name().toLowerCase(Locale.ROOT),
                seed);
        Evaluation evaluation = Evaluation.of(
                score(stampModel, stamps, chosen(stamps, contract)),
                contract,
                threshold == null ? contract.threshold() : threshold,
                seed);
        try (Explainer explainer = Explainer.of(stampModel, OcclusionSettings.standard(), Explainer.CPU_BATCH)) {
            Report.write(subject, evaluation, Optional.empty(), explainer, report);
        }
        print(subject, evaluation);
    }

    private int[] chosen(LabelledStamps stamps, ModelContract contract) {
        Examples examples = Examples.of(stamps, contract.preprocessing().recipe(0));
        LabelCheck.of(examples, contract.planes(), seed).requireRight(labelsAreRight);
        if (part == Part.ALL) {
            return IntStream.range(0, stamps.size()).toArray();
        }
        if (!stamps.fingerprint().equals(contract.dataFingerprint())) {
            throw CommandException.failed(
                    "--split test needs the data that the model was trained on, which these are not: name"
                            + " every --data of the training, in its order, with the same options.");
        }
        Examples test = Split.of(examples, split.fractions(), seed).test();
        return IntStream.range(0, test.size()).map(test::stampIndex).toArray();
    }

    static ScoredStamps score(StampModel model, LabelledStamps stamps, int[] chosen) {
        try (ProgressBar progress = ProgressBar.of("Scoring", chosen.length)) {
            return ScoredStamps.of(model, stamps, chosen, progress::advance);
        }
    }

    private void print(ReportSubject subject, Evaluation evaluation) {
        PrintWriter lines = spec.commandLine().getOut();
        if (json) {
            lines.println(Report.json(subject, evaluation));
        } else {
            for (Metric metric : Metric.values()) {
                ConfidenceInterval interval = evaluation.metrics().of(metric);
                lines.printf(
                        Locale.ROOT,
                        "%s %.6f (%.6f to %.6f)%n",
                        metric.key(),
                        interval.value(),
                        interval.low(),
                        interval.high());
            }
            lines.println(matchedFilter(evaluation));
            lines.println("wrote " + report.resolve(Report.PAGE));
        }
        lines.flush();
        if (subject.includesTrainingSet()) {
            spec.commandLine()
                    .getErr()
                    .println("The model was fitted to most of these stamps; --split test evaluates only the others.");
        }
    }

    private static String matchedFilter(Evaluation evaluation) {
        return evaluation
                .matchedFilter()
                .map(comparison -> String.format(
                        Locale.ROOT,
                        "missed at 1 %% of the noise peaks: model %.6f, matched filter %.6f",
                        comparison.model().of(Metric.MISSED_AT_1E2).value(),
                        comparison.filter().of(Metric.MISSED_AT_1E2).value()))
                .orElseGet(() -> "no matched filter: "
                        + evaluation.matchedFilterObstacle().orElseThrow());
    }
}
