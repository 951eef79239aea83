package dev.stampede.streaming.publish;

import dev.stampede.schemas.Crop;
import dev.stampede.schemas.CropMethod;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.streaming.packet.Alert;

/** Tells what was done to the image that came, so that the model could judge it. */
public final class Crops {
    /** Far above the rounding of a division, far below a pixel. */
    private static final double ROUNDING = 1e-9;

    private Crops() {}

    /** What was done to the image of {@code alert} for a model of {@code size} rows and columns. */
    public static Crop of(Alert alert, Judgement judgement, int size) {
        CropMethod method = method(alert, judgement, size);
        boolean padded = method != CropMethod.NOT_JUDGED
                && (reachesBeyond(alert.width(), alert, size) || reachesBeyond(alert.height(), alert, size));
        return new Crop(
                method, alert.width(), alert.height(), alert.magnification().orElse(1), padded);
    }

    private static CropMethod method(Alert alert, Judgement judgement, int size) {
        if (judgement instanceof Judgement.Abstained) {
            return CropMethod.NOT_JUDGED;
        }
        if (alert.magnification().isPresent()) {
            return CropMethod.RESAMPLED;
        }
        boolean fits = alert.width() == size && alert.height() == size;
        return fits ? CropMethod.NONE : CropMethod.CENTRE;
    }

    /** Whether the judged stamp ends beyond an image of {@code side} pixels; the pixel at side / 2 is in its middle. */
    private static boolean reachesBeyond(int side, Alert alert, int size) {
        double step = 1 / alert.magnification().orElse(1);
        int candidate = side / 2;
        int before = size / 2;
        double start = candidate + 0.5 - (before + 0.5) * step;
        double end = start + size * step;
        return start < -ROUNDING || end > side + ROUNDING;
    }
}
