package dev.stampede.stamps.contract;

/**
 * What a masked pixel, which is NaN, becomes in the input of a network.
 *
 * @param value the number that replaces it; NaN for the median of the other pixels of its plane
 * @param stage when; the median only before normalising
 */
public record MaskedPixels(float value, Stage stage) {
    /** Ignored by the statistics, then 0: the rule of the recipes of Stampede's own networks. */
    public static final MaskedPixels ZERO_AFTER = new MaskedPixels(0, Stage.AFTER);

    private static final String MEDIAN = "median";
    private static final String FORM = " is not VALUE:STAGE, such as 0:before or 0:after, or median:before";

    public MaskedPixels {
        if (Float.isInfinite(value) || (Float.isNaN(value) && stage == Stage.AFTER)) {
            throw new IllegalArgumentException("a masked pixel cannot become " + value + " " + stage.stageName()
                    + " normalising; it becomes a finite number, or the median before normalising");
        }
    }

    /** Whether it becomes the median of the other pixels of its plane. */
    public boolean isMedian() {
        return Float.isNaN(value);
    }

    /**
     * Parses {@link #toString}; {@code zero} stands for 0, and the stage may be absent, which is before normalising.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    public static MaskedPixels parse(String text) {
        String[] parts = text.split(":", -1);
        Stage stage = parts.length == 1
                ? Stage.BEFORE
                : Stage.named(parts[1]).orElseThrow(() -> new IllegalArgumentException("'" + text + "'" + FORM));
        if (parts.length > 2) {
            throw new IllegalArgumentException("'" + text + "'" + FORM);
        }
        return switch (parts[0]) {
            case "zero" -> new MaskedPixels(0, stage);
            case MEDIAN -> new MaskedPixels(Float.NaN, stage);
            default -> new MaskedPixels(number(text, parts[0]), stage);
        };
    }

    private static float number(String text, String value) {
        try {
            return Float.parseFloat(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "'" + FORM, e);
        }
    }

    @Override
    public String toString() {
        return (isMedian() ? MEDIAN : NumberText.of(value)) + ":" + stage.stageName();
    }
}
