package dev.stampede.stamps.fits;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The size of a pixel on the sky, from the matrix CD or from CDELT and PC of a header. Source: Greisen and Calabretta
 * 2002, A&A 395, 1061, sections 2.1 and 5.
 */
final class SkyGrid {
    private static final Pattern KEYWORDS = Pattern.compile("(CD|PC)[12]_[12]|(CDELT|CTYPE|CUNIT)[12]");
    private static final double ARCSEC_PER_DEGREE = 3600;

    private final Map<String, String> values = new HashMap<>();

    /** Whether {@code keyword} is one of those that define the pixel scale. */
    static boolean uses(String keyword) {
        return KEYWORDS.matcher(keyword).matches();
    }

    /** Sets the value of a keyword, with or without quotes. */
    void put(String keyword, String value) {
        values.put(keyword, value.replace("'", "").strip());
    }

    /** The square root of a pixel's area, arcseconds; empty if the axes are not on the sky or define no scale. */
    OptionalDouble pixelScaleArcsec() {
        try {
            double area = isSky() ? Math.abs(areaDegrees()) : 0;
            double scale = Math.sqrt(area) * ARCSEC_PER_DEGREE;
            return scale > 0 && Double.isFinite(scale) ? OptionalDouble.of(scale) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // the pixels can be scored without a scale
        }
    }

    private boolean isSky() {
        String first = values.getOrDefault("CTYPE1", "");
        String second = values.getOrDefault("CTYPE2", "");
        boolean onSky = (first.startsWith("RA") && second.startsWith("DEC"))
                || (first.startsWith("DEC") && second.startsWith("RA"))
                || (first.startsWith("GLON") && second.startsWith("GLAT"));
        return onSky && isDegrees("CUNIT1") && isDegrees("CUNIT2");
    }

    /** Degrees are the default of the standard. */
    private boolean isDegrees(String keyword) {
        String unit = values.getOrDefault(keyword, "");
        return unit.isEmpty() || unit.equalsIgnoreCase("deg");
    }

    private double areaDegrees() {
        if (has("CD")) {
            return determinant("CD", 0);
        }
        boolean hasScale = has("PC") || values.containsKey("CDELT1");
        return hasScale ? determinant("PC", 1) * number("CDELT1", 1) * number("CDELT2", 1) : 0;
    }

    private boolean has(String matrix) {
        return values.keySet().stream().anyMatch(keyword -> keyword.startsWith(matrix + "1_"));
    }

    /** {@code diagonal} is the default of an element of the diagonal; that of the others is 0. */
    private double determinant(String matrix, double diagonal) {
        return number(matrix + "1_1", diagonal) * number(matrix + "2_2", diagonal)
                - number(matrix + "1_2", 0) * number(matrix + "2_1", 0);
    }

    private double number(String keyword, double otherwise) {
        String value = values.get(keyword);
        return value == null ? otherwise : Double.parseDouble(value.replace('D', 'E'));
    }
}
