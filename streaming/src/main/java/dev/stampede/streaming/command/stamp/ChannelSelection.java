package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which channels of the stamps of a file a model gets. */
final class ChannelSelection {
    /** The channels of a file in the order in which KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

    @Option(
            names = "--coadd",
            defaultValue = "MEDIAN",
            paramLabel = "KIND",
            description = "Channel to classify if the file has several, in the order median, mean, sum, weighted:"
                    + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Only for models of one channel.")
    private CoaddKind coadd;

    /** All channels if the model has as many, otherwise the selected one. */
    Stamp of(Stamp stamp, List<CoaddKind> channels, Path input) {
        if (stamp.channels() == channels.size()) {
            return stamp;
        }
        if (channels.size() != 1) {
            throw CommandException.failed(input + " has stamps of " + stamp.channels() + " channels, but the model has "
                    + channels + ": it needs a file of shape (N, " + channels.size() + ", rows, columns).");
        }
        int channel = FILE_ORDER.indexOf(coadd);
        if (channel >= stamp.channels()) {
            throw CommandException.usage("--coadd " + coadd + " is channel " + channel + ", but the stamps of " + input
                    + " have channels 0 to " + (stamp.channels() - 1) + ".");
        }
        return stamp.channel(channel);
    }
}
