package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.LiveLine;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.results.AnnotatedTable;
import dev.stampede.stamps.results.FieldTable;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.offline.AlertTable;
import dev.stampede.streaming.offline.ClassifiedStamp;
import dev.stampede.streaming.offline.StampArrayFile;
import dev.stampede.streaming.offline.StampReader;
import dev.stampede.streaming.offline.UnreadableStamps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code classify}: classifies the stamps in files. */
@Command(
        name = "classify",
        description =
                "Classifies the stamps in arrays, results tables and alert packets: one line each, in input order.",
        mixinStandardHelpOptions = true)
@Example("classify stamps.npy --csv > scores.csv")
public final class ClassifyCommand implements Callable<Integer> {
    private static final int BATCH = 1024;

    @Mixin
    private StampInputs input;

    @Option(
            names = "--views",
            defaultValue = "1",
            paramLabel = "1|8",
            description =
                    "8: classify each stamp in all rotations and reflections, and print the mean probability and, in"
                            + " an additional column, its standard deviation over the views.")
    private int views;

    @Option(
            names = "--npy",
            paramLabel = "OUT.npy",
            description =
                    "Write the stamps before normalisation as (N, planes, rows, columns), one for each line, all NaN"
                            + " for a candidate without one.")
    private @Nullable Path npy;

    @ArgGroup
    private @Nullable Format format;

    @Mixin
    private AnnotationOptions annotation;

    @Mixin
    private OutputFiles output;

    @Spec
    private CommandSpec spec;

    private static final class Format {
        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Option(names = "--csv", description = "Print comma-separated values with a header.")
        private boolean csv;
    }

    @Override
    public Integer call() {
        if (views != 1 && views != Views.COUNT) {
            throw CommandException.usage("--views must be 1 or " + Views.COUNT + ", not " + views + ".");
        }
        Optional<Path> out = annotation.out();
        out.or(() -> Optional.ofNullable(npy)).ifPresent(output::requireFile);
        List<Path> files = input.files();
        if (out.isPresent()) {
            annotate(files, out.get());
            return 0;
        }
        return print(files);
    }

    /** Writes a copy of the table of the only file, which cannot be read in part: a row without a stamp is an abstention. */
    private void annotate(List<Path> files, Path out) {
        if (format != null) {
            throw CommandException.usage("--out writes a table instead of printing; leave out --csv and --json.");
        }
        if (npy != null) {
            throw CommandException.usage("--out writes a table and no stamps; write them by another run with --npy.");
        }
        Path table = input.tableToAnnotate(files);
        try (StampModel classifier = StampModel.open(input.model());
                AnnotatedTable annotated = AnnotatedTable.begin(table, out);
                FieldTable fields = FieldTable.open(table)) {
            input.requireRows(files, table, annotated.rows());
            ModelContract contract = classifier.contract();
            AnnotatedOutput rows = new AnnotatedOutput(
                    annotated, contract.modelName() + " " + contract.modelVersion(), annotation.kept());
            try (ProgressBar progress = ProgressBar.of("Classifying", annotated.rows())) {
                classify(files, classifier, Optional.empty(), source -> source.withFeatures(fields), candidate -> {
                    rows.add(candidate);
                    progress.advance(1);
                });
            }
            annotated.commit();
            input.reportCropped();
            spec.commandLine().getOut().println("Wrote " + rows.describe() + " of " + table + " to " + out + ".");
        }
    }

    private int print(List<Path> files) {
        UnreadableStamps unreadable = UnreadableStamps.ofFiles();
        LazyOutput<ClassifiedStamp> lines = new LazyOutput<>(output(files));
        LiveLine progress = new LiveLine(System.err, false, Duration.ZERO); // standard output may be the terminal
        long start = System.nanoTime();
        try (StampModel classifier = StampModel.open(input.model());
                StampArrayFile stamps = stampFile(classifier.contract())) {
            int size = classifier.contract().stampSize();
            Padding padding = classifier.contract().preprocessing().padding();
            classify(files, classifier, input.ids(files), UnaryOperator.identity(), result -> {
                unreadable.add(result.candidate());
                lines.print(result);
                if (npy != null) {
                    write(result.candidate().stamp(), padding, size, stamps);
                }
                if (progress.isDue()) {
                    long perSecond = Math.round(unreadable.candidates() * 1e9 / (System.nanoTime() - start));
                    progress.show("Classified " + unreadable.candidates() + " candidates, " + perSecond
                            + " per second, now in " + result.candidate().file());
                }
            });
            stamps.commit();
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + npy + ": " + FailureReason.of(failure) + ".");
        }
        lines.begin();
        return input.exitCode(unreadable);
    }

    private StampArrayFile stampFile(ModelContract contract) {
        return StampArrayFile.create(npy, contract.planes().size(), contract.stampSize());
    }

    /** Writes its central pixels, framed with masked ones if it is smaller than the model. */
    private static void write(@Nullable Stamp stamp, Padding padding, int size, StampArrayFile stamps) {
        if (stamp == null) {
            stamps.writeMissing();
        } else {
            stamps.write(padding.frame(stamp, size));
        }
    }

    private void classify(
            List<Path> files,
            StampModel classifier,
            Optional<AlertTable> ids,
            UnaryOperator<StampReader.Source> source,
            Consumer<ClassifiedStamp> sink) {
        ModelContract contract = classifier.contract();
        int size = contract.stampSize();
        if (views == 1) {
            try (StampReader reader = input.newReader(files, contract, ids);
                    StampPredictor predictor = classifier.newPredictor(BATCH)) {
                StampReader.apply(
                        source.apply(reader.all(files)),
                        BATCH,
                        predictor::predict,
                        (stamp, result) -> sink.accept(ClassifiedStamp.of(stamp, result, size)));
            }
        } else {
            try (StampReader reader = input.newReader(files, contract, ids);
                    Views eight = Views.of(classifier, BATCH / Views.COUNT)) {
                StampReader.apply(
                        source.apply(reader.all(files)),
                        BATCH,
                        eight::predict,
                        (stamp, result) -> sink.accept(ClassifiedStamp.of(stamp, result, size)));
            }
        }
    }

    private Output<ClassifiedStamp> output(List<Path> files) {
        Output<ClassifiedStamp> lines =
                Output.of(ClassifiedStamp.class, spec.commandLine().getOut(), outputFormat());
        if (!input.isOneArray(files)) {
            return lines.text(ClassifiedStamp.HEADER, ClassifiedStamp::toText);
        }
        return views == 1
                ? lines.text(ClassifiedStamp.ARRAY_HEADER, ClassifiedStamp::toArrayText)
                : lines.text(
                        ClassifiedStamp.ARRAY_HEADER + "  probabilitySpread",
                        stamp -> stamp.toArrayText() + "  " + stamp.spreadText());
    }

    private OutputFormat outputFormat() {
        if (format != null && format.csv) {
            return OutputFormat.CSV;
        }
        return OutputFormat.json(format != null && format.json);
    }
}
