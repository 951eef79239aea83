package dev.stampede.stamps.fits;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How large a pixel is on the sky, from the keywords of the header that say so: the matrix CD, or CDELT with PC. Source:
 * Greisen and Calabretta 2002, A&A 395, 1061, sections 2.1 and 5.
 */
final class SkyGrid {
    private static final Pattern KEYWORDS = Pattern.compile("(CD|PC)[12]_[12]|(CDELT|CTYPE|CUNIT)[12]");
    private static final double ARCSEC_PER_DEGREE = 3600;

    private final Map<String, String> values = new HashMap<>();

    /** Whether {@code keyword} says anything of it. */
    static boolean wants(String keyword) {
        return KEYWORDS.matcher(keyword).matches();
    }

    /** Takes the value of a wanted keyword, as the card has it or without its quotes. */
    void take(String keyword, String value) {
        values.put(keyword, value.replace("'", "").strip());
    }

    /** The side of a square of a pixel's area, arcseconds; empty where the axes are not on the sky or nothing says it. */
    OptionalDouble pixelScaleArcsec() {
        try {
            double area = isSky() ? Math.abs(areaDegrees()) : 0;
            double scale = Math.sqrt(area) * ARCSEC_PER_DEGREE;
            return scale > 0 && Double.isFinite(scale) ? OptionalDouble.of(scale) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // a scale that cannot be read is none; the pixels can be judged all the same
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

    /** Degrees are what the standard has where nothing is said. */
    private boolean isDegrees(String keyword) {
        String unit = values.getOrDefault(keyword, "");
        return unit.isEmpty() || unit.equalsIgnoreCase("deg");
    }

    private double areaDegrees() {
        if (has("CD")) {
            return determinant("CD", 0);
        }
        boolean said = has("PC") || values.containsKey("CDELT1");
        return said ? determinant("PC", 1) * number("CDELT1", 1) * number("CDELT2", 1) : 0;
    }

    private boolean has(String matrix) {
        return values.keySet().stream().anyMatch(keyword -> keyword.startsWith(matrix + "1_"));
    }

    /** @param diagonal what an element of the diagonal is where it is left out; the others are 0 */
    private double determinant(String matrix, double diagonal) {
        return number(matrix + "1_1", diagonal) * number(matrix + "2_2", diagonal)
                - number(matrix + "1_2", 0) * number(matrix + "2_1", 0);
    }

    private double number(String keyword, double otherwise) {
        String value = values.get(keyword);
        return value == null ? otherwise : Double.parseDouble(value.replace('D', 'E'));
    }
}
