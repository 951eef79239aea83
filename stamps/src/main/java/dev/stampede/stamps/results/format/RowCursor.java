package dev.stampede.stamps.results.format;

/** Reads the rows of a table in order. Not thread-safe. */
public interface RowCursor extends AutoCloseable {
    /**
     * The next row; the caller knows how many there are.
     *
     * @throws ResultsFormatException if it is not valid
     */
    ResultRow next();

    @Override
    void close();
}
