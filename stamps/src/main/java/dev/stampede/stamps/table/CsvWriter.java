package dev.stampede.stamps.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes comma-separated values in UTF-8 with LF line ends. A cell with a comma, a quote or a line break is quoted as in
 * RFC 4180. Not thread-safe.
 */
public final class CsvWriter implements AutoCloseable {
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private final CsvGenerator out;

    private CsvWriter(Writer writer) throws IOException {
        this.out = FACTORY.createGenerator(writer);
        out.setSchema(CsvSchema.emptySchema());
    }

    /** Creates {@code file}, or truncates it, and writes the header line. */
    public static CsvWriter create(Path file, List<String> columns) throws IOException {
        return to(Files.newBufferedWriter(file), columns);
    }

    /** Writes to {@code writer}, which {@link #close} closes, beginning with the header line. */
    public static CsvWriter to(Writer writer, List<String> columns) throws IOException {
        CsvWriter csv = new CsvWriter(writer);
        csv.row(columns);
        return csv;
    }

    /** Leaves {@code writer} open after {@link #close}, which flushes it. */
    public static CsvWriter toShared(Writer writer, List<String> columns) throws IOException {
        CsvWriter csv = new CsvWriter(writer);
        csv.out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        csv.row(columns);
        return csv;
    }

    /** Writes one line; a cell is written as {@link String#valueOf} does, null as an empty cell. */
    public void row(@Nullable Object... cells) throws IOException {
        out.writeStartArray();
        for (Object cell : cells) {
            out.writeString(cell == null ? "" : cell.toString());
        }
        out.writeEndArray();
    }

    /** The same for a list of cells. */
    public void row(List<?> cells) throws IOException {
        row(cells.toArray());
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
