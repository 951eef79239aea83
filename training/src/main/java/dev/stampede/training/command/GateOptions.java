package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.training.gate.GateSettings;
import picocli.CommandLine.Option;

/** The options that set the limits of the gate. */
@OptionHeading("Gate")
final class GateOptions {
    @Option(
            names = "--max-false-positive-rate",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description =
                    "False-positive rate on the validation set that sets the threshold, and at which the gate compares"
                            + " missed sources.")
    private double maxFalsePositiveRate;

    @Option(
            names = "--max-calibration-error",
            paramLabel = "ERROR",
            defaultValue = "0.05",
            description = "Maximum expected calibration error of the new model.")
    private double maxCalibrationError;

    @Option(
            names = "--max-latency-ratio",
            paramLabel = "RATIO",
            defaultValue = "1.5",
            description =
                    "Maximum ratio of the new model's time per stamp to the live model's; Infinity disables the check."
                            + " Raise it on purpose if the new network is larger.")
    private double maxLatencyRatio;

    double maxFalsePositiveRate() {
        return maxFalsePositiveRate;
    }

    /** The settings; a wrong option is a {@link CommandException} that names it. */
    GateSettings settings() {
        try {
            return new GateSettings(maxFalsePositiveRate, maxCalibrationError, maxLatencyRatio);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("The gate: " + wrong.getMessage() + ".");
        }
    }
}
