package dev.stampede.streaming.command;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which channels of a file's stamps a model is shown. */
final class ChannelChoice {
    /** What the channels of a file are, as KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

    @Option(
            names = "--coadd",
            defaultValue = "MEDIAN",
            paramLabel = "KIND",
            description = "Which channel to judge where the file has several, which are taken as median, mean, sum and"
                    + " weighted in this order: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}). Only for models"
                    + " that look at one channel.")
    private CoaddKind coadd;

    /** The channels the model looks at: all of them where their number is right, the chosen one of several else. */
    Stamp of(Stamp stamp, List<CoaddKind> looksAt, Path input) {
        if (stamp.channels() == looksAt.size()) {
            return stamp;
        }
        if (looksAt.size() != 1) {
            throw CommandFailure.failed(
                    input + " has stamps of " + stamp.channels() + " channels, but the model looks at " + looksAt
                            + ": give it a file of shape (N, " + looksAt.size() + ", rows, columns).");
        }
        int channel = FILE_ORDER.indexOf(coadd);
        if (channel >= stamp.channels()) {
            throw CommandFailure.usage("--coadd " + coadd + " is channel " + channel + ", but the stamps of " + input
                    + " have channels 0 to " + (stamp.channels() - 1) + ".");
        }
        return stamp.channel(channel);
    }
}
