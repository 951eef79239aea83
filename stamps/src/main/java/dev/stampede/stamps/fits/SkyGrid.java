package dev.stampede.stamps.fits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Where the pixels of an image are on the sky, and how large, by its header: from the matrix CD, or from CDELT and PC.
 * Sources: Greisen and Calabretta 2002, A&amp;A 395, 1061, sections 2.1 and 5; Calabretta and Greisen 2002, A&amp;A 395, 1077,
 * section 5.1.3 for the gnomonic projection.
 */
public final class SkyGrid {
    private static final Pattern KEYWORDS =
            Pattern.compile("(CD|PC)[12]_[12]|(CDELT|CTYPE|CUNIT|CRPIX|CRVAL)[12]|LONPOLE");
    private static final double ARCSEC_PER_DEGREE = 3600;

    /** Far above the rounding of a published position, far below a pixel. */
    private static final double SAME_POSITION_ARCSEC = 0.1;

    private static final double STANDARD_POLE_DEGREES = 180;

    private final Map<String, String> values = new HashMap<>();

    SkyGrid() {}

    /** A position in an image: that of the centre of the first pixel is (0, 0). */
    record Pixel(double row, double column) {}

    /** Whether {@code keyword} is one that this class reads. */
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

    /**
     * The pixel at a position of the sky. Empty if the header does not define it: without a reference pixel, or in another
     * projection than the gnomonic one (TAN) without distortion, unless the reference pixel is that of the position.
     */
    Optional<Pixel> pixelOf(double rightAscensionDegrees, double declinationDegrees) {
        if (!values.containsKey("CRPIX1") || !values.containsKey("CRPIX2")) {
            return Optional.empty();
        }
        try {
            Pixel reference = new Pixel(number("CRPIX2", 0) - 1, number("CRPIX1", 0) - 1);
            boolean decFirst = values.getOrDefault("CTYPE1", "").startsWith("DEC");
            double alpha = number(decFirst ? "CRVAL2" : "CRVAL1", 0);
            double delta = number(decFirst ? "CRVAL1" : "CRVAL2", 0);
            boolean hasNoSky = alpha == 0 && delta == 0 && !values.containsKey("CTYPE1");
            Tangent offset = Tangent.of(rightAscensionDegrees, declinationDegrees, alpha, delta);
            if (hasNoSky || offset.lengthDegrees() * ARCSEC_PER_DEGREE < SAME_POSITION_ARCSEC) {
                return Optional.of(reference);
            }
            return isGnomonic() && isSky() ? Optional.of(offset.from(reference, matrix(), decFirst)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean isGnomonic() {
        return values.getOrDefault("CTYPE1", "").endsWith("-TAN")
                && values.getOrDefault("CTYPE2", "").endsWith("-TAN")
                && number("LONPOLE", STANDARD_POLE_DEGREES) == STANDARD_POLE_DEGREES;
    }

    /** A position on the plane that touches the sky at a reference, degrees east and north of it. */
    private record Tangent(double east, double north) {
        static Tangent of(double rightAscension, double declination, double alpha, double delta) {
            double angle = Math.toRadians(rightAscension - alpha);
            double sin = Math.sin(Math.toRadians(declination));
            double cos = Math.cos(Math.toRadians(declination));
            double sin0 = Math.sin(Math.toRadians(delta));
            double cos0 = Math.cos(Math.toRadians(delta));
            double depth = sin0 * sin + cos0 * cos * Math.cos(angle);
            return depth <= 0 // not on the hemisphere around the reference
                    ? new Tangent(Double.NaN, Double.NaN)
                    : new Tangent(
                            Math.toDegrees(cos * Math.sin(angle) / depth),
                            Math.toDegrees((cos0 * sin - sin0 * cos * Math.cos(angle)) / depth));
        }

        double lengthDegrees() {
            return Math.hypot(east, north);
        }

        Pixel from(Pixel reference, double[] matrix, boolean northFirst) {
            double first = northFirst ? north : east;
            double second = northFirst ? east : north;
            double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
            return new Pixel(
                    reference.row() + (matrix[0] * second - matrix[2] * first) / determinant,
                    reference.column() + (matrix[3] * first - matrix[1] * second) / determinant);
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
        double[] matrix = matrix();
        return matrix[0] * matrix[3] - matrix[1] * matrix[2];
    }

    /** Degrees by pixel: the elements 1_1, 1_2, 2_1 and 2_2; zeros if the header has no scale. */
    private double[] matrix() {
        if (has("CD")) {
            return elements("CD", 0, 1, 1);
        }
        boolean hasScale = has("PC") || values.containsKey("CDELT1");
        return hasScale ? elements("PC", 1, number("CDELT1", 1), number("CDELT2", 1)) : new double[4];
    }

    private boolean has(String matrix) {
        return values.keySet().stream().anyMatch(keyword -> keyword.startsWith(matrix + "1_"));
    }

    /** {@code diagonal} is the default of an element of the diagonal; that of the others is 0. */
    private double[] elements(String matrix, double diagonal, double first, double second) {
        return new double[] {
            first * number(matrix + "1_1", diagonal),
            first * number(matrix + "1_2", 0),
            second * number(matrix + "2_1", 0),
            second * number(matrix + "2_2", diagonal)
        };
    }

    private double number(String keyword, double otherwise) {
        String value = values.get(keyword);
        return value == null ? otherwise : Double.parseDouble(value.replace('D', 'E'));
    }
}
