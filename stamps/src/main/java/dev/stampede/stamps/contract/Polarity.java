package dev.stampede.stamps.contract;

import java.util.Locale;

/** Which sources of a difference image a network knows. */
public enum Polarity {
    /** Only those that became brighter; the image of one that faded is negated. */
    BRIGHT,
    /** Also those that faded, which are dark. */
    BOTH;

    /** The name in model files. */
    public String polarityName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
