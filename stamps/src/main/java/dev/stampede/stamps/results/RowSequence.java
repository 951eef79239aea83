package dev.stampede.stamps.results;

import dev.stampede.stamps.results.format.ResultRow;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.results.format.RowCursor;
import java.util.List;
import java.util.Optional;

/** The rows of a table by number. Those in order are read once; a smaller number starts again. */
final class RowSequence implements AutoCloseable {
    private final ResultTable table;
    private final List<String> arrays;
    private Optional<RowCursor> cursor = Optional.empty();
    private Optional<ResultRow> last = Optional.empty();
    private long next;

    RowSequence(ResultTable table, List<String> arrays) {
        this.table = table;
        this.arrays = arrays;
    }

    /**
     * The row at {@code index}, from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    ResultRow row(long index) {
        if (index < 0 || index >= table.size()) {
            throw new IndexOutOfBoundsException("row " + index + " of " + table.size());
        }
        if (index < next - 1) {
            close();
        }
        while (next <= index) {
            RowCursor open = cursor.orElseGet(() -> table.rows(arrays));
            cursor = Optional.of(open);
            last = Optional.of(open.next());
            next++;
        }
        return last.orElseThrow();
    }

    @Override
    public void close() {
        cursor.ifPresent(RowCursor::close);
        cursor = Optional.empty();
        next = 0;
    }
}
