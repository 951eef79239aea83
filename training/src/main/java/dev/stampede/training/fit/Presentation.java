package dev.stampede.training.fit;

/**
 * How stamps are shown to a network while it is fitted.
 *
 * @param augments each stamp turned or mirrored anew each time
 * @param balances the stamps of the rarer class repeated until both are as many
 * @param labelSmoothing the probability taken from the true class and shared by both, 0 to below 1
 */
public record Presentation(boolean augments, boolean balances, double labelSmoothing) {
    /** Augmented, as they come, with certain labels. */
    public static final Presentation DEFAULT = new Presentation(true, false, 0);

    public Presentation {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("a label cannot be smoothed by " + labelSmoothing);
        }
    }
}
