package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.evaluate.Headline;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a command is to write: a model file, a report. */
final class OutputFile {
    private OutputFile() {}

    /** Before the work, not after it: refuses a place that cannot be written. */
    static void check(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null) {
            throw CommandFailure.failed("Cannot write " + out + ": it is a folder.");
        }
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.failed("Cannot write " + out + ": there is no folder " + folder + ".");
        }
        if (!Files.isWritable(folder)) {
            throw CommandFailure.failed("Cannot write " + out + ": permission denied.");
        }
    }

    /** Makes the folder of a report, before the work and not after it. */
    static void checkReport(Path report) {
        try {
            Files.createDirectories(report);
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot write a report to " + report + ": " + failure + ".");
        }
    }

    /** What was written, in lines. */
    static void tell(Path out, ModelContract contract, double maxFalsePositiveRate, PrintWriter lines) {
        lines.println("wrote " + out);
        contract.metrics().forEach((metric, value) -> lines.printf(Locale.ROOT, "%s %.6f%n", metric, value));
        lines.printf(
                Locale.ROOT,
                "threshold %.6f for false positives up to %s, temperature %.4f; missed sources quoted at %s%n",
                contract.threshold(),
                maxFalsePositiveRate,
                contract.temperature(),
                Headline.QUOTED_RATE);
    }
}
