package dev.stampede.streaming.topology;

import dev.stampede.schemas.Crop;
import dev.stampede.schemas.CropMethod;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.streaming.packet.Alert;

/** Describes how the image of an alert became the input of the model. */
public final class CropDescription {
    /** Far above the rounding of a division, far below a pixel. */
    private static final double ROUNDING = 1e-9;

    private CropDescription() {}

    /** The crop of the image of {@code alert} for a model of {@code size} rows and columns. */
    public static Crop of(Alert alert, Prediction prediction, int size) {
        CropMethod method = method(alert, prediction, size);
        boolean padded = method != CropMethod.NOT_JUDGED
                && (reachesBeyond(alert.width(), alert, size) || reachesBeyond(alert.height(), alert, size));
        return new Crop(
                method, alert.width(), alert.height(), alert.magnification().orElse(1), padded);
    }

    private static CropMethod method(Alert alert, Prediction prediction, int size) {
        if (prediction instanceof Prediction.Abstained) {
            return CropMethod.NOT_JUDGED;
        }
        if (alert.magnification().isPresent()) {
            return CropMethod.RESAMPLED;
        }
        boolean fits = alert.width() == size && alert.height() == size;
        return fits ? CropMethod.NONE : CropMethod.CENTRE;
    }

    /** Whether the model's input extends beyond an image of {@code side} pixels; it is centred on the pixel side / 2. */
    private static boolean reachesBeyond(int side, Alert alert, int size) {
        double step = 1 / alert.magnification().orElse(1);
        int candidate = side / 2;
        int before = size / 2;
        double start = candidate + 0.5 - (before + 0.5) * step;
        double end = start + size * step;
        return start < -ROUNDING || end > side + ROUNDING;
    }
}
