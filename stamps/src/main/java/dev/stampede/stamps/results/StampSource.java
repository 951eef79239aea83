package dev.stampede.stamps.results;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ResultsFormatException;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;

/**
 * The candidates of one file, counted from 0: an array ({@code .npy}, {@code .npz}), a results table ({@code .parquet},
 * {@code .ecsv}, {@code .hdf5}), or a column of images of one ({@code .fits}). A table is read row by row: reading in
 * order is fast, and going back starts again. Not thread-safe.
 */
public interface StampSource extends AutoCloseable {
    /**
     * Opens {@code file}, whose format is known by its first bytes.
     *
     * @throws dev.stampede.stamps.npy.NpyFormatException if an array is not valid or ambiguous
     * @throws ResultsFormatException if a table is not valid, or lacks the images that {@code reading} wants
     * @throws dev.stampede.stamps.error.FileAccessException if it is absent or cannot be read
     */
    static StampSource open(Path file, StampReading reading) {
        return TableFormat.of(file)
                .<StampSource>map(format -> TableStamps.of(format.open(file), reading))
                .orElseGet(() -> ArrayStamps.open(file, reading));
    }

    /** Whether {@code file} is a results table, by its first bytes. */
    static boolean isTable(Path file) {
        return TableFormat.of(file).isPresent();
    }

    /** Whether {@code file} is one column of images, without a table. */
    static boolean isColumn(Path file) {
        return TableFormat.of(file).filter(TableFormat::isOneColumn).isPresent();
    }

    /** The files of the separate columns of a results table, which are read with it; none of an unreadable or another file. */
    static List<Path> separateColumns(Path table) {
        try {
            return TableFormat.of(table)
                    .map(format -> format.separateFiles(table))
                    .orElse(List.of());
        } catch (StampedeException unreadable) { // reported when it is read
            return List.of();
        }
    }

    /** The number of candidates. */
    long size();

    /** Planes of each stamp; 0 for an empty array. */
    int planes();

    /** The planes by the names of their columns, such as {@code coadd_mean}; empty if they do not state all. */
    List<Plane> namedPlanes();

    /** Rows of each stamp, pixels; 0 for an empty array. */
    int height();

    /** Columns of each stamp, pixels; 0 for an empty array. */
    int width();

    /**
     * The candidate at {@code index}.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    StampRow row(long index);

    /** The stamp of the candidate at {@code index}. */
    default Stamp stamp(long index) {
        return row(index).stamp();
    }

    @Override
    void close();
}
