package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.OptionHeading;
import dev.stampede.streaming.command.option.OutputFile;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.TimeRange;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file for the classifications of a range of time. */
@OptionHeading(OutputFile.HEADING)
final class ExportOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Write the classifications from --from to --to to this file, .csv, .jsonl or .parquet, and end.")
    private @Nullable Path out;

    @Mixin
    private OutputFile file;

    @Mixin
    private TimeOptions times;

    /** The file to write; empty if classifications are printed. The options of a file without one are wrong usage, and so is an existing file. */
    Optional<Path> out() {
        Optional<Path> written = file.of(out, times.isGiven(), "--from, --to and --force are for an export");
        written.ifPresent(ClassificationFile::format); // before it takes long
        return written;
    }

    TimeRange range() {
        return times.range();
    }
}
