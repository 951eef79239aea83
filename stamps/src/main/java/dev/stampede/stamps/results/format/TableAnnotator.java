package dev.stampede.stamps.results.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/**
 * Copies the rows of a table in order, each as it is, with the columns of an {@link Annotation} appended. An exception of
 * {@link IOException} is one of writing; the others are those of the reader of the format. Not thread-safe.
 */
public interface TableAnnotator extends AutoCloseable {
    /** Bytes that are collected before they are written. */
    int BUFFER_BYTES = 1 << 16;

    /** Writes to {@code out}; {@link #end} flushes it. */
    static OutputStream stream(SeekableByteChannel out) {
        return new BufferedOutputStream(Channels.newOutputStream(out), BUFFER_BYTES);
    }

    /** The number of rows of the table. */
    long rows();

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
