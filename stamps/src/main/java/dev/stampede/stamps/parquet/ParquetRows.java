package dev.stampede.stamps.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;

/** Writes a Parquet file of plain columns row by row, compressed with snappy. Not thread-safe. */
public final class ParquetRows {
    private static final int GROUP_ROWS = 1 << 15;

    private final ParquetWriter out;
    private final List<ParquetType> types;
    private final List<List<? extends @Nullable Object>> rows = new ArrayList<>();

    private ParquetRows(ParquetWriter out, List<ParquetType> types) {
        this.out = out;
        this.types = types;
    }

    /**
     * Begins a file.
     *
     * @param out stays open
     * @param columns by name, in order
     */
    public static ParquetRows begin(OutputStream out, Map<String, ParquetType> columns) throws IOException {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("schema").setNum_children(columns.size()));
        columns.forEach((name, type) -> schema.add(type.element(name)));
        return new ParquetRows(ParquetWriter.begin(out, schema), List.copyOf(columns.values()));
    }

    /**
     * Writes a row.
     *
     * @param cells one for each column, of its type; null if absent
     */
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        if (cells.size() != types.size()) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells instead of " + types.size());
        }
        rows.add(cells);
        if (rows.size() == GROUP_ROWS) {
            flush();
        }
    }

    private void flush() throws IOException {
        for (int column = 0; column < types.size(); column++) {
            ParquetChunkWriter chunk = out.nextColumn(CompressionCodec.SNAPPY);
            for (List<? extends @Nullable Object> row : rows) {
                types.get(column).write(chunk, row.get(column));
            }
        }
        out.endGroup(rows.size());
        rows.clear();
    }

    /** Writes the rows in memory and ends the file. */
    public void end() throws IOException {
        if (!rows.isEmpty()) {
            flush();
        }
        out.end(Map.of());
    }
}
