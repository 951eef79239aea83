package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.TimeRange;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file for the classifications of a range of time. */
@OptionHeading("Output file")
final class ExportOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the classifications from --from to --to to this file, .csv, .jsonl or .parquet, and end.")
    private @Nullable Path out;

    @Mixin
    private OutputFiles files;

    @Mixin
    private TimeOptions times;

    /** The file to write, which was checked; empty if classifications are printed. */
    Optional<Path> out() {
        if (out == null) {
            if (times.isGiven()) {
                throw CommandException.usage("--from and --to are for an export: name its file with --out.");
            }
            return Optional.empty();
        }
        ClassificationFile.format(out);
        files.requireFile(out);
        return Optional.of(out);
    }

    TimeRange range() {
        return times.range();
    }
}
