package dev.stampede.stamps.results;

import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ArrayShape;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.results.format.ResultsFormatException;
import dev.stampede.stamps.stamp.Plane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which columns of a table are the planes of its stamps. */
final class ImageColumns {
    private static final String COADD = "coadd_";
    private static final String EXPOSURES = "all_stamps";
    /** What KBMOD calls its only stamp of a candidate. */
    private static final String STAMP = "stamp";

    private final ResultTable table;
    private final StampReading reading;

    private ImageColumns(ResultTable table, StampReading reading) {
        this.table = table;
        this.reading = reading;
    }

    /** The column of a plane, such as {@code coadd_mean}. */
    static String of(Plane plane) {
        return COADD + plane.planeName();
    }

    /** The plane of a column; empty unless it is that of a coadd. */
    static Optional<Plane> plane(String column) {
        return Plane.COADDS.stream().filter(plane -> of(plane).equals(column)).findFirst();
    }

    /**
     * The columns that {@code reading} names; else the exposures if they are to be coadded; else the coadd of each plane,
     * of which a single one may be called {@code stamp}.
     *
     * @throws ResultsFormatException if there are no such columns
     */
    static List<String> choose(ResultTable table, StampReading reading) {
        if (reading.axes().isPresent()) {
            throw new ResultsFormatException(table.file(), "is a table, not an array; leave out --axes");
        }
        return new ImageColumns(table, reading).choose();
    }

    private List<String> choose() {
        if (!reading.columns().isEmpty()) {
            reading.columns().forEach(this::require);
            return reading.columns();
        }
        if (table.isOneColumn()) {
            return List.copyOf(table.arrays().keySet());
        }
        if (reading.coadd().isPresent()) {
            require(EXPOSURES);
            return List.of(EXPOSURES);
        }
        List<String> columns = new ArrayList<>();
        for (Plane plane : reading.planes()) {
            columns.add(of(plane));
        }
        if (reading.planes().isEmpty()) {
            Plane.COADDS.stream().map(ImageColumns::of).filter(this::has).forEach(columns::add);
        }
        if (columns.size() <= 1 && columns.stream().noneMatch(this::has) && has(STAMP)) {
            return List.of(STAMP);
        }
        if (columns.isEmpty()) {
            throw refused("has no column coadd_median, coadd_mean, coadd_sum or coadd_weighted");
        }
        columns.forEach(this::require);
        return columns;
    }

    private boolean has(String column) {
        return table.arrays().containsKey(column);
    }

    private void require(String column) {
        if (table.separateColumns().contains(column)) {
            throw new ResultsFormatException(
                    table.file(),
                    "has the column " + column + " in a separate file, which is not next to it: copy it there, named "
                            + table.file().getFileName().toString().replaceFirst("\\.[^.]*$", "") + "_" + column
                            + ".fits or .npy");
        }
        if (!has(column)) {
            throw refused("has no image column " + column);
        }
    }

    private ResultsFormatException refused(String problem) {
        List<String> images = table.arrays().entrySet().stream()
                .filter(array -> array.getValue().unflattened().height() > 1)
                .map(array -> array.getKey() + " (" + array.getValue().unflattened() + ")")
                .toList();
        return new ResultsFormatException(
                table.file(),
                images.isEmpty()
                        ? problem + "; write its coadds, such as coadd_mean, with KBMOD"
                        : problem + "; name one with --column, of " + String.join(", ", images)
                                + ", or combine exposures with --coadd-exposures");
    }

    /**
     * The common shape of {@code columns}.
     *
     * @throws ResultsFormatException if they differ, or are no images, or are exposures and {@code reading} has no coadd
     */
    static ArrayShape shape(ResultTable table, List<String> columns, StampReading reading) {
        Map<String, ArrayShape> arrays = table.arrays();
        List<ArrayShape> shapes = columns.stream()
                .map(column -> Objects.requireNonNull(arrays.get(column)).unflattened())
                .distinct()
                .toList();
        ArrayShape shape = shapes.get(0);
        if (shapes.size() > 1) {
            throw new ResultsFormatException(
                    table.file(), "has images of different shapes in the columns " + columns + ": " + shapes);
        }
        if (shape.height() == 1 && shape.width() > 1) {
            throw new ResultsFormatException(
                    table.file(),
                    "has vectors of " + shape.width() + " numbers, not images, in the columns " + columns);
        }
        if (reading.coadd().isPresent() != shape.exposures() > 1) {
            throw new ResultsFormatException(
                    table.file(),
                    reading.coadd().isPresent()
                            ? "has coadds in the columns " + columns + "; leave out --coadd-exposures"
                            : "has " + shape.exposures() + " exposures in the column " + columns.get(0)
                                    + "; combine them with --coadd-exposures lower-median, or name a coadd with --column");
        }
        return shape;
    }
}
