package dev.stampede.training.gate;

/**
 * How strict the gate is.
 *
 * @param falsePositiveRate share of the bogus stamps that passes where missed sources are compared, above 0 and below 1
 * @param maxCalibrationError the greatest expected calibration error, 0 to 1
 * @param maxLatencyRatio how many times the live model's time for a stamp the new one may take, above 0
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
