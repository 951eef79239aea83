package dev.stampede.training.gate;

/**
 * The limits of the gate.
 *
 * @param falsePositiveRate at which missed sources are compared, 0 to 1, exclusive
 * @param maxCalibrationError maximum expected calibration error, 0 to 1
 * @param maxLatencyRatio maximum ratio of the challenger's time per stamp to the live model's, above 0
 */
public record GateSettings(double falsePositiveRate, double maxCalibrationError, double maxLatencyRatio) {
    public GateSettings {
        require(
                falsePositiveRate > 0 && falsePositiveRate < 1,
                "the false-positive rate must be between 0 and 1, not " + falsePositiveRate);
        require(
                maxCalibrationError >= 0 && maxCalibrationError <= 1,
                "the calibration error must be from 0 to 1, not " + maxCalibrationError);
        require(maxLatencyRatio > 0, "the ratio of latencies must be above 0, not " + maxLatencyRatio);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
