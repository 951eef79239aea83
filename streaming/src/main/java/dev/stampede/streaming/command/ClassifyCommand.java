package dev.stampede.streaming.command;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.survey.CutoutKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    /** What the channels of a file are, as KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

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

    @Mixin
    private PacketOptions packets;

    @Option(names = "--model", paramLabel = "FILE", description = "The model; the shipped one if not given.")
    private @Nullable Path model;

    @Option(
            names = "--coadd",
            defaultValue = "MEDIAN",
            paramLabel = "KIND",
            description = "Which channel to judge where the file has several, which are taken as median, mean, sum and"
                    + " weighted in this order: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}). Only for models"
                    + " that look at one channel.")
    private CoaddKind coadd;

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
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        if (PacketOptions.arePackets(inputs)) {
            PacketJudging.judge(
                    PacketOptions.files(inputs),
                    packets.input(cutout),
                    file,
                    packetLines(),
                    spec.commandLine().getOut());
        } else {
            judgeStamps(inputs.get(0), file);
        }
        return 0;
    }

    private void judgeStamps(Path input, ModelFile file) {
        try (StampFile stamps = StampFile.open(input);
                StampClassifier classifier = StampClassifier.open(file);
                Judge judge = classifier.newJudge(BATCH)) {
            List<CoaddKind> looksAt = classifier.contract().channels();
            judgeAll(stamps, looksAt, judge);
        }
    }

    private void judgeAll(StampFile stamps, List<CoaddKind> looksAt, Judge judge) {
        if (stamps.size() > 0) {
            channels(stamps.stamp(0), looksAt); // refuses before the first line is out
        }
        lines().begin(spec.commandLine().getOut());
        List<Stamp> batch = new ArrayList<>();
        long next = 0;
        for (Stamp stamp : stamps) {
            batch.add(channels(stamp, looksAt));
            if (batch.size() == BATCH) {
                next = print(judge.judge(batch), next);
                batch.clear();
            }
        }
        print(judge.judge(batch), next);
    }

    private long print(List<Judgement> judgements, long first) {
        long index = first;
        for (Judgement judgement : judgements) {
            lines().print(spec.commandLine().getOut(), index++, judgement);
        }
        return index;
    }

    /** The channels the model looks at: all of them where their number is right, the chosen one of several else. */
    private Stamp channels(Stamp stamp, List<CoaddKind> looksAt) {
        if (stamp.channels() == looksAt.size()) {
            return stamp;
        }
        if (looksAt.size() != 1) {
            throw CommandFailure.failed(
                    inputs.get(0) + " has stamps of " + stamp.channels() + " channels, but the model looks at "
                            + looksAt + ": give it a file of shape (N, " + looksAt.size() + ", rows, columns).");
        }
        int channel = FILE_ORDER.indexOf(coadd);
        if (channel >= stamp.channels()) {
            throw CommandFailure.usage("--coadd " + coadd + " is channel " + channel + ", but the stamps of "
                    + inputs.get(0) + " have channels 0 to " + (stamp.channels() - 1) + ".");
        }
        return stamp.channel(channel);
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
