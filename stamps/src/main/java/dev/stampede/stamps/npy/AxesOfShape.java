package dev.stampede.stamps.npy;

import java.nio.file.Path;
import java.util.List;

/** The only possible axes of an array by its shape. A shape with several readings is refused, and both are named. */
final class AxesOfShape {
    /** Four coadds, or the three cutouts of an alert. */
    private static final int MAX_PLANES = 4;

    /** The shorter side of flattened stamps that an image of a detector could be as well: 1024 columns. */
    private static final int IMAGE_SIDE = 32;

    private static final int MAX_ASPECT = 4;

    private final List<Long> shape;
    private final Path file;

    private AxesOfShape(List<Long> shape, Path file) {
        this.shape = shape;
        this.file = file;
    }

    /** @throws NpyFormatException if there are no such axes, or several */
    static Axes of(List<Long> shape, boolean hasExposures, Path file) {
        return new AxesOfShape(shape, file).axes(hasExposures);
    }

    private Axes axes(boolean hasExposures) {
        return switch (shape.size()) {
            case 2 -> ofFlat(shape.get(0), shape.get(1));
            case 3 -> ofImages(shape.get(0), shape.get(1), shape.get(2));
            case 4 -> hasExposures ? ofExposures() : ofPlanes(shape.get(1), shape.get(2), shape.get(3));
            default ->
                throw refused(
                        ", not stamps; reshape it to (N, rows, columns) or (N, planes, rows, columns), or name its axes with"
                                + " --axes");
        };
    }

    static int side(long pixels) {
        return (int) Math.round(Math.sqrt((double) pixels));
    }

    static boolean isSquare(long pixels) {
        return pixels > 0 && (long) side(pixels) * side(pixels) == pixels;
    }

    /** The number of square planes, 2 to 4, that have {@code pixels} together; 0 if there is none. */
    static int planesOf(long pixels) {
        for (int planes = 2; planes <= MAX_PLANES; planes++) {
            if (pixels % planes == 0 && isSquare(pixels / planes)) {
                return planes;
            }
        }
        return 0;
    }

    private static String size(long rows, long columns) {
        return rows + "x" + columns;
    }

    private static String square(long pixels) {
        return size(side(pixels), side(pixels));
    }

    private Axes ofFlat(long rows, long pixels) {
        String image = "one stamp of " + size(rows, pixels) + " pixels (--axes y,x)";
        if (!isSquare(pixels) && rows == pixels) {
            return Axes.of("y,x");
        }
        boolean isLarge =
                pixels >= IMAGE_SIDE * IMAGE_SIDE && rows >= pixels / MAX_ASPECT && rows <= pixels * MAX_ASPECT;
        if (isSquare(pixels) && (rows == pixels || isLarge)) {
            throw ambiguous(image, rows + " stamps of " + square(pixels) + " (--axes n,yx)");
        }
        int planes = planesOf(pixels);
        if (planes > 0) {
            String small = planes + " planes of " + square(pixels / planes);
            throw isSquare(pixels)
                    ? ambiguous("stamps of " + square(pixels) + " pixels (--axes n,yx)", small + " (--axes n,cyx)")
                    : ambiguous(small + " one after the other (--axes n,cyx)", "pixel by pixel (--axes n,yxc)");
        }
        if (!isSquare(pixels)) {
            throw refused(", not square stamps; name its axes with --axes if it is " + image
                    + ", or reshape it to (N, rows, columns)");
        }
        return Axes.of("n,yx");
    }

    private Axes ofImages(long first, long second, long last) {
        String images = first + " stamps of " + size(second, last) + " pixels (--axes n,y,x)";
        if (first == second && first > MAX_PLANES && last <= MAX_PLANES) {
            throw ambiguous("one stamp of " + last + " planes (--axes y,x,c)", images);
        }
        if (first == second && first > MAX_PLANES && second != last) {
            throw refused(
                    ", which looks like (rows, columns, N); save np.moveaxis(a, -1, 0), or name --axes n,y,x if it is "
                            + images);
        }
        if (second <= MAX_PLANES && last > MAX_PLANES * MAX_PLANES && isSquare(last)) {
            throw ambiguous(second + " flattened planes of " + square(last) + " (--axes n,c,yx)", images);
        }
        if (last <= MAX_PLANES && second > MAX_PLANES * MAX_PLANES && isSquare(second)) {
            throw ambiguous(last + " flattened planes of " + square(second) + " (--axes n,yx,c)", images);
        }
        return Axes.of("n,y,x");
    }

    private Axes ofPlanes(long first, long second, long last) {
        if (first <= MAX_PLANES) {
            return Axes.of("n,c,y,x");
        }
        boolean isLastPlanes = last <= MAX_PLANES && second > MAX_PLANES;
        if (isLastPlanes && first == second) {
            return Axes.of("n,y,x,c");
        }
        if (isLastPlanes) {
            throw ambiguous(
                    last + " planes of " + size(first, second) + " (--axes n,y,x,c)",
                    first + " exposures of " + size(second, last)
                            + " (--axes n,t,y,x --coadd-exposures median|lower-median|mean|sum)");
        }
        if (first == second && second != last) {
            throw refused(", whose last axis looks like " + last
                    + " exposures, which are no coadds; combine them with --axes n,y,x,t --coadd-exposures"
                    + " median|lower-median|mean|sum");
        }
        throw refused(", but a stamp has up to " + MAX_PLANES
                + " planes (such as median, mean, sum, weighted coadd), and " + first
                + " exposures are no coadds; combine them with --coadd-exposures median|lower-median|mean|sum");
    }

    private Axes ofExposures() {
        if (shape.get(1).equals(shape.get(2)) && !shape.get(2).equals(shape.get(3))) {
            throw ambiguous(
                    shape.get(3) + " exposures of " + size(shape.get(1), shape.get(2)) + " (--axes n,y,x,t)",
                    shape.get(1) + " exposures of " + size(shape.get(2), shape.get(3)) + " (--axes n,t,y,x)");
        }
        return Axes.of("n,t,y,x");
    }

    private NpyFormatException ambiguous(String one, String other) {
        return refused(", which may be " + one + " or " + other);
    }

    private NpyFormatException refused(String problem) {
        return new NpyFormatException(file, "holds an array of shape " + shape + problem);
    }
}
