package dev.stampede.stamps.results;

import dev.stampede.stamps.results.format.ResultRow;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.results.format.TableFormat;
import java.nio.file.Path;
import java.util.List;

/**
 * The numbers and texts of candidates in a table: comma-separated values, or any format of results tables. Rows are counted
 * from 0; reading in order is fast, and going back starts again. Not thread-safe.
 */
public final class FieldTable implements AutoCloseable {
    private final ResultTable table;
    private final RowSequence rows;
    private final boolean hasImages;

    private FieldTable(ResultTable table, boolean hasImages) {
        this.table = table;
        this.rows = new RowSequence(table, List.of());
        this.hasImages = hasImages;
    }

    /**
     * Opens {@code file}, whose format is known by its first bytes; others than those of results tables are
     * comma-separated values.
     *
     * @throws dev.stampede.stamps.error.StampedeException if it cannot be read or is not such a table
     */
    public static FieldTable open(Path file) {
        TableFormat format = TableFormat.ofTable(file);
        return new FieldTable(format.reader().apply(file), format.hasImages());
    }

    public Path file() {
        return table.file();
    }

    /** The number of rows. */
    public long size() {
        return table.size();
    }

    /** The columns of numbers and texts, in order. */
    public List<String> columns() {
        return table.fields();
    }

    /** Whether it is the table of a search, which holds images and much else, not one of fields only. */
    public boolean isOfSearch() {
        return hasImages;
    }

    /**
     * The row at {@code index}.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public FieldRow row(long index) {
        ResultRow row = rows.row(index);
        return new FieldRow(table.file(), row.place(), row.fields());
    }

    @Override
    public void close() {
        rows.close();
        table.close();
    }
}
