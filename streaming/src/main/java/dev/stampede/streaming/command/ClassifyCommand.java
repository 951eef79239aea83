package dev.stampede.streaming.command;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.Fit;
import dev.stampede.streaming.survey.CutoutKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges the stamps of a file, a line each. */
@Command(
        name = "classify",
        description = "Judges the stamps of a .npy file or the packets of surveys: one line each, in input order.",
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
    private static final int BATCH = 1024;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = "A .npy file with stamps of shape (N, 441), (N, rows, columns) or (N, channels, rows,"
                    + " columns); or .avro files with one alert packet each, and folders of them.")
    private List<Path> inputs;

    @Option(
            names = "--cutout",
            defaultValue = "DIFFERENCE",
            paramLabel = "KIND",
            description = "Which image of a packet is judged: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private CutoutKind cutout;

    @Option(
            names = "--fit",
            defaultValue = "CROP",
            paramLabel = "FIT",
            description = "How the image of a packet becomes the model's size: ${COMPLETION-CANDIDATES} (default"
                    + " ${DEFAULT-VALUE}); RESAMPLE goes to the model's pixel scale, where both scales are known.")
    private Fit fit;

    @Mixin
    private PacketOptions packets;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model: vgg6 (if not given), resnet14, or a file.")
    private @Nullable Path model;

    @Mixin
    private ChannelChoice channels;

    @Option(
            names = "--views",
            defaultValue = "1",
            paramLabel = "1|8",
            description = "8: judge each stamp turned and mirrored every way, give the mean probability and, as a"
                    + " further column, its standard deviation over the views (default ${DEFAULT-VALUE}).")
    private int views;

    @ArgGroup
    private @Nullable Format format;

    @Spec
    private CommandSpec spec;

    private static final class Format {
        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Option(names = "--csv", description = "Comma-separated values with a header.")
        private boolean csv;
    }

    @Override
    public Integer call() {
        if (views != 1 && views != Views.COUNT) {
            throw CommandFailure.usage("--views must be 1 or " + Views.COUNT + ", not " + views + ".");
        }
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        if (PacketOptions.arePackets(inputs)) {
            judgePackets(file);
        } else {
            judgeStamps(inputs.get(0), file);
        }
        return 0;
    }

    private void judgePackets(ModelFile file) {
        if (views != 1) {
            throw CommandFailure.usage("--views is for the stamps of a .npy file; packets are judged in one.");
        }
        PacketJudging.judge(
                PacketOptions.files(inputs),
                packets.input(cutout).fitted(fit),
                file,
                packetLines(),
                spec.commandLine().getOut());
    }

    private void judgeStamps(Path input, ModelFile file) {
        try (StampFile stamps = StampFile.open(input);
                StampClassifier classifier = StampClassifier.open(file)) {
            List<CoaddKind> looksAt = classifier.contract().channels();
            if (stamps.size() > 0) {
                channels.of(stamps.stamp(0), looksAt, input); // refuses before the first line is out
            }
            PrintWriter out = spec.commandLine().getOut();
            if (views == 1) {
                lines().begin(out);
                try (Judge judge = classifier.newJudge(BATCH)) {
                    judgeAll(stamps, looksAt, judge::judge, lines()::print);
                }
            } else {
                lines().beginWithSpread(out);
                try (Views eight = Views.of(classifier, BATCH / Views.COUNT)) {
                    judgeAll(stamps, looksAt, eight::judge, lines()::printWithSpread);
                }
            }
        }
    }

    /** Writes one judgement as a line. */
    private interface Line {
        void print(PrintWriter out, long index, Judgement judgement);
    }

    private void judgeAll(
            StampFile stamps, List<CoaddKind> looksAt, Function<List<Stamp>, List<Judgement>> judge, Line line) {
        List<Stamp> batch = new ArrayList<>();
        long next = 0;
        for (Stamp stamp : stamps) {
            batch.add(channels.of(stamp, looksAt, inputs.get(0)));
            if (batch.size() == BATCH) {
                next = print(judge.apply(batch), line, next);
                batch.clear();
            }
        }
        print(judge.apply(batch), line, next);
    }

    private long print(List<Judgement> judgements, Line line, long first) {
        long index = first;
        for (Judgement judgement : judgements) {
            line.print(spec.commandLine().getOut(), index++, judgement);
        }
        return index;
    }

    private JudgementLines lines() {
        if (format != null && format.json) {
            return JudgementLines.JSON;
        }
        return format != null && format.csv ? JudgementLines.CSV : JudgementLines.TEXT;
    }

    private PacketLines packetLines() {
        return PacketLines.valueOf(lines().name());
    }
}
