package dev.stampede.streaming.packet;

import java.util.Locale;

/** The conversion of an image to the model's stamp size. */
public enum Resizing {
    /** Resampled to the model's pixel scale if both scales are known and differ, else cropped. */
    AUTO,
    /** The central pixels. */
    CROP,
    /** Resampled to the model's pixel scale if that of the image is known, else cropped. */
    RESAMPLE;

    /** The name in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
