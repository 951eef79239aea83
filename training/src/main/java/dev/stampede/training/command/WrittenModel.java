package dev.stampede.training.command;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.evaluate.HeadlineMetrics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Describes the model file that a command has written. */
final class WrittenModel {
    private WrittenModel() {}

    /** Prints the metrics of a model file that was written. */
    static void print(Path out, ModelContract contract, double maxFalsePositiveRate, PrintWriter lines) {
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
