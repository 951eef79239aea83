package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.command.option.OutputFile;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verdicts in a copy of the table of the candidates. */
@OptionHeading(OutputFile.HEADING)
final class AnnotationOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write a copy of the results table, or of the --table of an array, with the columns"
                    + " stampede_verdict, stampede_probability, stampede_reason and stampede_model, instead of printing;"
                    + " in the format of the table: " + TableFormat.TABLES + " or .csv.")
    private @Nullable Path out;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "VERDICT",
            description = "Write only the rows of these verdicts: ${COMPLETION-CANDIDATES}.")
    private @Nullable Set<Verdict> kept;

    @Mixin
    private OutputFile file;

    /** The file to write; empty if verdicts are printed. The options of a file without one are wrong usage, and so is an existing file. */
    Optional<Path> out() {
        return file.of(out, kept != null, "--keep and --force are for an annotated table");
    }

    /** The verdicts whose rows are written. */
    Set<Verdict> kept() {
        return kept == null ? EnumSet.allOf(Verdict.class) : kept;
    }
}
