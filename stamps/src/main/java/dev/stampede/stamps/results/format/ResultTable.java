package dev.stampede.stamps.results.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table of candidates in one file format. It holds no row in memory. Not thread-safe. */
public interface ResultTable extends AutoCloseable {
    /** The column of the id that the search gave to a candidate. */
    String ID = "uuid";

    Path file();

    /** The number of rows. */
    long size();

    /** The columns of numbers and texts, in order. */
    List<String> fields();

    /** The columns of arrays of numbers, in order, with the shape of their cells. */
    Map<String, ArrayShape> arrays();

    /** Those columns of arrays that hold integers, unless their cells are restored already. */
    Set<String> integers();

    /** Columns that the table states to be in separate files. */
    default List<String> separateColumns() {
        return List.of();
    }

    /** Whether the file is a single column of images. */
    default boolean isOneColumn() {
        return false;
    }

    /**
     * Reads the rows from the first on.
     *
     * @param arrays the columns of arrays to read
     */
    RowCursor rows(List<String> arrays);

    @Override
    void close();
}
