package dev.stampede.streaming.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an image that is not the model's size becomes a stamp that is. */
public enum Fit {
    /** Its middle pixels, whatever they show. */
    CROP,
    /** Resampled to the model's pixel scale where that of the image is known; cropped where not. */
    RESAMPLE;

    /** The words of the setting. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Fit::word).toList();
    }

    /** The word of the setting. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The fit of that word, which must be one of {@link #words}. */
    public static Fit of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
