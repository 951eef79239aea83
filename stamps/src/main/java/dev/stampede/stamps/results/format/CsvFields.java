package dev.stampede.stamps.results.format;

import dev.stampede.stamps.table.CsvTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table of comma-separated values: fields, no arrays. */
final class CsvFields implements ResultTable {
    private final Path file;
    private final CsvTable table;

    private CsvFields(Path file, CsvTable table) {
        this.file = file;
        this.table = table;
    }

    static CsvFields open(Path file) {
        return new CsvFields(file, CsvTable.read(file));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long size() {
        return table.rows().size();
    }

    @Override
    public List<String> fields() {
        return table.columns();
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        return Map.of();
    }

    @Override
    public Set<String> integers() {
        return Set.of();
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        Iterator<CsvTable.Row> rows = table.rows().iterator();
        return new RowCursor() {
            @Override
            public ResultRow next() {
                CsvTable.Row row = rows.next();
                Map<String, String> fields = new HashMap<>();
                table.columns().forEach(column -> fields.put(column, row.cell(column)));
                return new ResultRow("line " + row.line(), fields, List.of());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
