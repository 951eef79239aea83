package dev.stampede.stamps.npy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the pixels of the stamps in an array are; all lengths are 0 for an array without stamps. Rows are images of one
 * exposure and one plane.
 *
 * @param isSingle whether the whole array is one stamp
 * @param exposures images of one plane to combine, 1 if there are none
 * @param steps the distances of neighbours in the array
 */
record StampLayout(boolean isSingle, int exposures, int planes, int height, int width, Steps steps) {
    private static final StampLayout EMPTY = new StampLayout(false, 0, 0, 0, 0, new Steps(0, 0, 0, 0));

    /** The distance of neighbours along each axis, in elements; 0 for an axis that the array lacks. */
    record Steps(int exposure, int plane, int row, int column) {}

    /**
     * The layout of an array.
     *
     * @param shape the lengths of all axes
     * @throws NpyFormatException if the array holds no stamps, or what {@code reading} leaves open is ambiguous
     */
    static StampLayout of(List<Long> shape, int rowSize, StampReading reading, Path file) {
        if (!shape.isEmpty() && shape.get(0) == 0 && (shape.size() < 2 || rowSize == 0)) {
            return EMPTY;
        }
        Axes axes = reading.axes()
                .orElseGet(() -> AxesOfShape.of(shape, reading.coadd().isPresent(), file));
        if (axes.groups().size() != shape.size()) {
            throw new NpyFormatException(
                    file,
                    "holds an array of shape " + shape + ", but --axes names "
                            + axes.groups().size() + ": " + axes);
        }
        if (axes.has('t') != reading.coadd().isPresent()) {
            throw new NpyFormatException(
                    file,
                    axes.has('t')
                            ? "holds exposures, which are no coadds; combine them with --coadd-exposures"
                            : "holds no exposures for --coadd-exposures; name their axis t with --axes");
        }
        return of(shape, axes, file);
    }

    private static StampLayout of(List<Long> shape, Axes axes, Path file) {
        StringBuilder letters = new StringBuilder();
        List<Integer> lengths = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            String group = axes.groups().get(axis);
            letters.append(group);
            lengths.addAll(lengths(group, shape.get(axis), axes, shape, file));
        }
        int[] steps = new int[lengths.size()];
        int step = 1;
        for (int i = letters.length() - 1; i >= 0; i--) {
            if (letters.charAt(i) != 'n') {
                steps[i] = step;
                step = Math.multiplyExact(step, lengths.get(i));
            }
        }
        if (step == 0) {
            throw new NpyFormatException(file, "holds an array of shape " + shape + ", whose stamps have no pixels");
        }
        int exposure = letters.indexOf("t");
        int plane = letters.indexOf("c");
        int row = letters.indexOf("y");
        int column = letters.indexOf("x");
        return new StampLayout(
                !axes.has('n'),
                exposure < 0 ? 1 : lengths.get(exposure),
                plane < 0 ? 1 : lengths.get(plane),
                lengths.get(row),
                lengths.get(column),
                new Steps(exposure < 0 ? 0 : steps[exposure], plane < 0 ? 0 : steps[plane], steps[row], steps[column]));
    }

    /** The lengths of the axes that an axis of the array holds, which are equal for rows and columns. */
    private static List<Integer> lengths(String group, long length, Axes axes, List<Long> shape, Path file) {
        if (group.length() == 1) {
            return List.of((int) Math.min(length, Integer.MAX_VALUE));
        }
        int planes = group.equals("yx") ? 1 : AxesOfShape.planesOf(length);
        if (planes == 0 || !AxesOfShape.isSquare(length / planes)) {
            throw new NpyFormatException(
                    file,
                    "holds an array of shape " + shape + ", but " + length + " pixels are no "
                            + (group.equals("yx") ? "square image" : "2 to 4 square planes") + " as in --axes "
                            + axes);
        }
        int side = AxesOfShape.side(length / planes);
        return switch (group) {
            case "cyx" -> List.of(planes, side, side);
            case "yxc" -> List.of(side, side, planes);
            default -> List.of(side, side);
        };
    }

    /** Whether the elements are in exposure, plane, row, column order already. */
    private boolean isInOrder() {
        return steps.column() == 1
                && steps.row() == width
                && (planes == 1 || steps.plane() == width * height)
                && (exposures == 1 || steps.exposure() == width * height * planes);
    }

    /** The elements of one stamp, in exposure, plane, row, column order. */
    float[] arrange(float[] elements) {
        if (isInOrder()) {
            return elements;
        }
        float[] ordered = new float[elements.length];
        int next = 0;
        for (int exposure = 0; exposure < exposures; exposure++) {
            for (int plane = 0; plane < planes; plane++) {
                for (int row = 0; row < height; row++) {
                    int start = exposure * steps.exposure() + plane * steps.plane() + row * steps.row();
                    for (int column = 0; column < width; column++) {
                        ordered[next++] = elements[start + column * steps.column()];
                    }
                }
            }
        }
        return ordered;
    }
}
