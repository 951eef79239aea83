package dev.stampede.stamps.npy;

import java.nio.file.Path;
import java.util.List;

/**
 * The planes, rows and columns of the stamps in an array; all 0 for an array without stamps. An array whose axes are in
 * another order is refused with the numpy call that corrects it, because its pixels would be scored in the wrong places.
 */
record StampLayout(int planes, int height, int width) {
    /** Four coadds, or the three cutouts of an alert. */
    private static final int MAX_PLANES = 4;

    /**
     * The layout of an array.
     *
     * @param shape the lengths of all axes
     * @param rowSize the product of all but the first
     * @throws NpyFormatException if the array holds no stamps, or has another order of axes
     */
    static StampLayout of(List<Long> shape, int rowSize, Path file) {
        boolean isEmpty = !shape.isEmpty() && shape.get(0) == 0;
        if (isEmpty && (shape.size() < 2 || rowSize == 0)) {
            return new StampLayout(0, 0, 0);
        }
        String problem = ", not stamps; reshape it to (N, rows, columns) or (N, planes, rows, columns)";
        if (rowSize > 0) {
            switch (shape.size()) {
                case 2 -> {
                    int side = side(rowSize);
                    problem = problemOfFlat(shape.get(0), rowSize, problem);
                    if (side * side == rowSize && problem.isEmpty()) {
                        return new StampLayout(1, side, side);
                    }
                }
                case 3 -> {
                    problem = problemOfImages(shape);
                    if (problem.isEmpty()) {
                        return new StampLayout(1, axis(shape, 1), axis(shape, 2));
                    }
                }
                case 4 -> {
                    problem = problemOfPlanes(axis(shape, 1), axis(shape, 2), axis(shape, 3));
                    if (problem.isEmpty()) {
                        return new StampLayout(axis(shape, 1), axis(shape, 2), axis(shape, 3));
                    }
                }
                default -> {}
            }
        }
        throw new NpyFormatException(file, "holds an array of shape " + shape + problem);
    }

    // Within int, as the product of the axes is.
    private static int axis(List<Long> shape, int axis) {
        return shape.get(axis).intValue();
    }

    private static int side(int pixels) {
        return (int) Math.round(Math.sqrt(pixels));
    }

    private static boolean isSquare(int pixels) {
        return side(pixels) * side(pixels) == pixels;
    }

    /** Empty for rows of pixels that can only be square stamps of one plane. */
    private static String problemOfFlat(long rows, int size, String otherwise) {
        int side = side(size);
        if (rows == size) {
            String flat =
                    isSquare(size) ? ", or np.reshape(a, (-1, " + side + ", " + side + ")) if each row is one" : "";
            return ", which looks like one image; save a[np.newaxis] if it is one stamp" + flat;
        }
        for (int planes = 2; planes <= MAX_PLANES; planes++) {
            if (size % planes == 0 && isSquare(size / planes)) {
                int small = side(size / planes);
                String several = "np.reshape(a, (-1, " + planes + ", " + small + ", " + small + "))";
                return isSquare(size)
                        ? ", whose rows may be " + side + "x" + side + " pixels or " + planes + " planes of " + small
                                + "x" + small + "; save np.reshape(a, (-1, " + side + ", " + side + ")) or " + several
                        : ", whose rows look like " + planes + " planes of " + small + "x" + small + "; save "
                                + several;
            }
        }
        return isSquare(size) ? "" : otherwise;
    }

    /** Empty for images (N, rows, columns). */
    private static String problemOfImages(List<Long> shape) {
        boolean isSide = shape.get(0) > MAX_PLANES && shape.get(0).equals(shape.get(1));
        if (!isSide || shape.get(1).equals(shape.get(2))) {
            return "";
        }
        return axis(shape, 2) <= MAX_PLANES
                ? ", which looks like one image (rows, columns, planes); save np.moveaxis(a, -1, 0)[np.newaxis]"
                : ", which looks like (rows, columns, N); save np.moveaxis(a, -1, 0)";
    }

    /** Empty for stamps of a few planes (N, planes, rows, columns). */
    private static String problemOfPlanes(int first, int second, int last) {
        boolean isSide = first > MAX_PLANES && second > MAX_PLANES;
        if (isSide && (last <= MAX_PLANES || (first == second && second != last))) {
            return ", which looks like (N, rows, columns, planes); save np.moveaxis(a, -1, 1), of shape (N, planes,"
                    + " rows, columns)";
        }
        return first <= MAX_PLANES
                ? ""
                : ", but a stamp has up to " + MAX_PLANES + " planes (such as median, mean, sum, weighted coadd), and "
                        + first + " exposures are no coadds; save np.median(a, axis=1)";
    }
}
