package dev.stampede.stamps.results;

/** Reads the rows of a table in order. Not thread-safe. */
interface RowCursor extends AutoCloseable {
    /**
     * The next row; the caller knows how many there are.
     *
     * @throws ResultsFormatException if it is not valid
     */
    ResultRow next();

    @Override
    void close();
}
