package dev.stampede.stamps.results.format;

import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A table with those of its columns that are in separate files next to it, as {@code NAME_COLUMN.fits} or {@code .npy}. */
final class SeparateColumns implements ResultTable {
    private final ResultTable table;
    private final Map<String, ResultTable> columns = new LinkedHashMap<>();

    private SeparateColumns(ResultTable table) {
        this.table = table;
    }

    /**
     * {@code table} with its separate columns of which there is a file; closes it if that fails.
     *
     * @throws ResultsFormatException if a file has another number of rows
     */
    static ResultTable join(ResultTable table) {
        if (table.separateColumns().isEmpty()) {
            return table;
        }
        SeparateColumns joined = new SeparateColumns(table);
        try {
            table.separateColumns().forEach(joined::open);
            return joined;
        } catch (RuntimeException failure) {
            joined.close();
            throw failure;
        }
    }

    private void open(String name) {
        file(table, name).ifPresent(file -> {
            ResultTable column = file.toString().endsWith(".npy") ? NpyColumn.open(file, name) : FitsColumn.open(file);
            columns.put(name, column);
            if (!column.arrays().containsKey(name) || column.size() != table.size()) {
                throw new ResultsFormatException(
                        file,
                        "holds " + column.size() + " rows of the column "
                                + column.arrays().keySet() + ", not the " + table.size() + " of the column "
                                + name + " of " + table.file());
            }
        });
    }

    /** The file of a separate column; empty if it is not next to {@code table}. */
    static Optional<Path> file(ResultTable table, String name) {
        String base = table.file().getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return Stream.of(".fits", ".npy")
                .map(extension -> table.file().resolveSibling(base + "_" + name + extension))
                .filter(Files::exists)
                .findFirst();
    }

    @Override
    public Path file() {
        return table.file();
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public List<String> fields() {
        return table.fields();
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        Map<String, ArrayShape> arrays = new LinkedHashMap<>(table.arrays());
        columns.values().forEach(column -> arrays.putAll(column.arrays()));
        return arrays;
    }

    /** Those without a file. */
    @Override
    public List<String> separateColumns() {
        return table.separateColumns().stream()
                .filter(name -> !columns.containsKey(name))
                .toList();
    }

    @Override
    public Set<String> integers() {
        Set<String> integers = new HashSet<>(table.integers());
        columns.values().forEach(column -> integers.addAll(column.integers()));
        return integers;
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        return new Cursor(arrays);
    }

    @Override
    public void close() {
        columns.values().forEach(ResultTable::close);
        table.close();
    }

    private final class Cursor implements RowCursor {
        private final List<String> wanted;
        private final List<String> inTable;
        private final RowCursor rows;
        private final Map<String, RowCursor> separate = new LinkedHashMap<>();

        Cursor(List<String> wanted) {
            this.wanted = wanted;
            inTable = wanted.stream().filter(name -> !columns.containsKey(name)).toList();
            rows = table.rows(inTable);
            for (String name : wanted) {
                ResultTable column = columns.get(name);
                if (column != null) {
                    separate.put(name, column.rows(List.of(name)));
                }
            }
        }

        @Override
        public ResultRow next() {
            ResultRow row = rows.next();
            Map<String, Stamp> cells = new LinkedHashMap<>();
            for (int i = 0; i < inTable.size(); i++) {
                cells.put(inTable.get(i), row.arrays().get(i));
            }
            separate.forEach((name, cursor) -> {
                ResultRow cell = cursor.next();
                requireSame(row, cell, name);
                cells.put(name, cell.arrays().get(0));
            });
            return new ResultRow(
                    row.place(),
                    row.fields(),
                    wanted.stream()
                            .map(name -> Objects.requireNonNull(cells.get(name)))
                            .toList());
        }

        private void requireSame(ResultRow row, ResultRow cell, String name) {
            String expected = row.fields().getOrDefault(ID, "");
            String actual = cell.fields().getOrDefault(ID, "");
            if (!expected.isEmpty() && !actual.isEmpty() && !expected.equals(actual)) {
                throw new ResultsFormatException(
                        table.file(),
                        row.place() + " has the uuid " + expected + ", but the separate column " + name + " has "
                                + actual + ": its files do not belong together");
            }
        }

        @Override
        public void close() {
            separate.values().forEach(RowCursor::close);
            rows.close();
        }
    }
}
