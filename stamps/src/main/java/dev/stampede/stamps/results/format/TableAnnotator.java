package dev.stampede.stamps.results.format;

import java.io.IOException;

/**
 * Copies the rows of a table in order, each as it is, with the columns of an {@link Annotation} appended. An exception of
 * {@link IOException} is one of writing; the others are those of the reader of the format. Not thread-safe.
 */
public interface TableAnnotator extends AutoCloseable {
    /** Writes the next row. */
    void keep(Annotation annotation) throws IOException;

    /** Leaves the next row out. */
    void skip() throws IOException;

    /**
     * Writes what follows the last row.
     *
     * @throws ResultsFormatException if the table has other rows than those that were given
     */
    void end() throws IOException;

    /** Closes the table. */
    @Override
    void close();
}
