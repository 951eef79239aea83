package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.score.Verdict;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Verdicts in a copy of the table of the candidates. */
@OptionHeading("Output file")
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

    /** The file to write; empty if verdicts are printed. */
    Optional<Path> out() {
        if (out == null && kept != null) {
            throw CommandException.usage("--keep is for an annotated table: name its file with --out.");
        }
        return Optional.ofNullable(out);
    }

    /** The verdicts whose rows are written. */
    Set<Verdict> kept() {
        return kept == null ? EnumSet.allOf(Verdict.class) : kept;
    }
}
