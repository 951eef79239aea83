package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.gate.GateSettings;
import picocli.CommandLine.Option;

/** How strict the gate is. */
final class GateOptions {
    @Option(
            names = "--max-false-positive-rate",
            defaultValue = "0.01",
            description =
                    "Share of the bogus stamps that may pass the threshold, on the validation stamps; and that passes"
                            + " where the gate compares missed sources.")
    private double maxFalsePositiveRate;

    @Option(
            names = "--max-calibration-error",
            defaultValue = "0.05",
            description = "The greatest expected calibration error that the gate lets pass.")
    private double maxCalibrationError;

    @Option(
            names = "--max-latency-ratio",
            defaultValue = "1.5",
            description =
                    "How many times the live model's time for a stamp the new one may take. A larger network needs"
                            + " more, and whoever runs the stream must know.")
    private double maxLatencyRatio;

    double maxFalsePositiveRate() {
        return maxFalsePositiveRate;
    }

    /** What the options come to; a wrong one is a {@link CommandFailure} that names it. */
    GateSettings settings() {
        try {
            return new GateSettings(maxFalsePositiveRate, maxCalibrationError, maxLatencyRatio);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("The gate: " + wrong.getMessage() + ".");
        }
    }
}
