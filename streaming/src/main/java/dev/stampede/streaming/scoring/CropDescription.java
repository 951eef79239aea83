package dev.stampede.streaming.scoring;

import dev.stampede.schemas.Crop;
import dev.stampede.schemas.CropMethod;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;

/** Describes how the image of an alert became the input of the model. */
public final class CropDescription {
    /** Far above the rounding of a division, far below a pixel. */
    private static final double ROUNDING = 1e-9;

    private CropDescription() {}

    /** The crop of the image of {@code alert} for a model of {@code size} rows and columns. */
    public static Crop of(Alert alert, Prediction prediction, int size) {
        double magnification = alert.magnification().orElse(1);
        CropMethod method =
                alert.magnification().isPresent() ? CropMethod.RESAMPLED : method(alert.width(), alert.height(), size);
        boolean isScored = prediction instanceof Prediction.Scored;
        boolean padded = isScored
                && (reachesBeyond(alert.width(), magnification, size)
                        || reachesBeyond(alert.height(), magnification, size));
        return new Crop(
                isScored ? method : CropMethod.NOT_JUDGED, alert.width(), alert.height(), magnification, padded);
    }

    /** The crop of a stamp of an array, which is not resampled. */
    public static Crop of(Stamp stamp, Prediction prediction, int size) {
        CropMethod method = prediction instanceof Prediction.Scored
                ? method(stamp.width(), stamp.height(), size)
                : CropMethod.NOT_JUDGED;
        return new Crop(method, stamp.width(), stamp.height(), 1d, false);
    }

    private static CropMethod method(int width, int height, int size) {
        return width == size && height == size ? CropMethod.NONE : CropMethod.CENTRE;
    }

    /** Whether the model's input extends beyond an image of {@code side} pixels; it is centred on the pixel side / 2. */
    private static boolean reachesBeyond(int side, double magnification, int size) {
        double step = 1 / magnification;
        int candidate = side / 2;
        int before = size / 2;
        double start = candidate + 0.5 - (before + 0.5) * step;
        double end = start + size * step;
        return start < -ROUNDING || end > side + ROUNDING;
    }
}
