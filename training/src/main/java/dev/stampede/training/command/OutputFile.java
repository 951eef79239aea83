package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.evaluate.HeadlineMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Checks and describes the files that a command writes. */
final class OutputFile {
    private OutputFile() {}

    /** Fails before the work starts if {@code out} cannot be written. */
    static void check(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null) {
            throw CommandException.failed("Cannot write " + out + ": it is a folder.");
        }
        if (!Files.isDirectory(folder)) {
            throw CommandException.failed("Cannot write " + out + ": there is no folder " + folder + ".");
        }
        if (!Files.isWritable(folder)) {
            throw CommandException.failed("Cannot write " + out + ": permission denied.");
        }
    }

    /** Creates the folder of a report before the work starts. */
    static void checkReport(Path report) {
        try {
            Files.createDirectories(report);
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write a report to " + report + ": " + failure + ".");
        }
    }

    /** Prints the metrics of a model file that was written. */
    static void report(Path out, ModelContract contract, double maxFalsePositiveRate, PrintWriter lines) {
        lines.println("wrote " + out);
        contract.metrics().forEach((metric, value) -> lines.printf(Locale.ROOT, "%s %.6f%n", metric, value));
        lines.printf(
                Locale.ROOT,
                "threshold %.6f for false positives up to %s, temperature %.4f; missed sources quoted at %s%n",
                contract.threshold(),
                maxFalsePositiveRate,
                contract.temperature(),
                HeadlineMetrics.QUOTED_RATE);
        lines.flush();
    }
}
