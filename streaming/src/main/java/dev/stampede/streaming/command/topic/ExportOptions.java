package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file for the classifications of a range of time. */
@OptionHeading("Export")
final class ExportOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the classifications from --from to --to to this file, .csv, .jsonl or .parquet, and end.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean isForced;

    @Mixin
    private TimeOptions times;

    /** The file to write; empty if classifications are printed. The options of a file without one are wrong usage, and so is an existing file. */
    Optional<Path> out() {
        if (out == null && (times.isGiven() || isForced)) {
            throw CommandException.usage("--from, --to and --force are for an export: name its file with --out.");
        }
        if (out != null && Files.exists(out) && !isForced) {
            throw CommandException.usage(out + " exists already; name another file, or replace it with --force.");
        }
        if (out != null) {
            ClassificationFile.format(out); // before it takes long
        }
        return Optional.ofNullable(out);
    }

    TimeRange range() {
        return times.range();
    }
}
