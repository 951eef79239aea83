package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of an image that is smaller than the input of a network. A larger one is always cut to its centre.
 *
 * @param place where the image goes
 * @param value the number around it; NaN for masked pixels
 * @param stage when the pixels around it are filled in; masked ones before normalising
 */
public record Padding(Place place, float value, Stage stage) {
    /** Where a smaller image goes in the input. */
    public enum Place {
        /** It is not scored. Only an image with one side of full length, as at the edge of a detector, is padded. */
        NONE,
        /** The pixel at {@code side / 2}, that of the candidate, stays there. */
        CENTRED,
        /** Padded at the bottom and at the right. */
        CORNER
    }

    /** Smaller images are not scored; at the edge of a detector they are filled up with masked pixels. */
    public static final Padding NONE = new Padding(Place.NONE, Float.NaN, Stage.BEFORE);

    private static final Pattern PATTERN = Pattern.compile("(centred|corner):([^:]+)(?::(before|after))?");

    private static final String FORM =
            " is not none or PLACE:VALUE:STAGE, such as corner:1e-9:after, with a place of centred or corner and a stage of"
                    + " before or after";

    public Padding {
        if (Float.isInfinite(value) || (Float.isNaN(value) && stage == Stage.AFTER)) {
            throw new IllegalArgumentException(
                    "images cannot be padded with " + value + " " + stage.stageName() + " normalising");
        }
    }

    /**
     * Parses {@link #toString}; the stage may be absent, which is after normalising.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    public static Padding parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "'" + FORM);
        }
        Stage stage = parts.group(3) == null
                ? Stage.AFTER
                : Stage.valueOf(parts.group(3).toUpperCase(Locale.ROOT));
        try {
            return new Padding(
                    Place.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), Float.parseFloat(parts.group(2)), stage);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "'" + FORM, e);
        }
    }

    @Override
    public String toString() {
        return place == Place.NONE
                ? "none"
                : place.name().toLowerCase(Locale.ROOT) + ":" + NumberText.of(value) + ":" + stage.stageName();
    }

    /** Whether {@code stamp} can be scored by a network of that size. */
    public boolean accepts(Stamp stamp, int size) {
        return place != Place.NONE || Math.max(stamp.height(), stamp.width()) >= size;
    }

    /** The first row of the input that an image of {@code rows} rows covers, of {@code size}; so for columns. */
    public int start(int rows, int size) {
        return place == Place.CORNER ? 0 : size / 2 - rows / 2;
    }

    /**
     * The stamp on the pixels of an input of {@code size x size}: the centre of a larger one, and masked pixels around a
     * smaller one.
     */
    public Stamp frame(Stamp stamp, int size) {
        Stamp within = stamp.centreCropWithin(size);
        return place == Place.CORNER ? within.cornerPad(size, size) : within.centrePad(size, size);
    }
}
