package dev.stampede.stamps.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Writes a Parquet file to a stream: in each row group all columns in the order of the schema, one after the other. In
 * memory are one page and the footer. Values are plain: dictionaries, statistics and indexes are not written. Not
 * thread-safe.
 */
public final class ParquetWriter {
    private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
    private static final String CREATED_BY = "Stampede";

    private final OutputStream out;
    private final List<SchemaElement> schema;
    private final List<ColumnDescriptor> columns;
    private final List<RowGroup> groups = new ArrayList<>();
    private final List<ColumnChunk> chunks = new ArrayList<>();
    private final ParquetChunkWriter.PageSink pages = new Pages();
    private Optional<ParquetChunkWriter> open = Optional.empty();
    private long position;

    private final class Pages implements ParquetChunkWriter.PageSink {
        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            position += bytes.length;
        }
    }

    private ParquetWriter(OutputStream out, List<SchemaElement> schema) {
        this.out = out;
        this.schema = List.copyOf(schema);
        this.columns = MessageSchema.of(schema).getColumns();
    }

    /**
     * Begins a file.
     *
     * @param out stays open
     * @param schema its elements as in a footer, the root first
     */
    public static ParquetWriter begin(OutputStream out, List<SchemaElement> schema) throws IOException {
        ParquetWriter writer = new ParquetWriter(out, schema);
        writer.pages.write(MAGIC);
        return writer;
    }

    /** Begins the next column of the row group. */
    public ParquetChunkWriter nextColumn(CompressionCodec codec) throws IOException {
        endColumn();
        ParquetChunkWriter chunk = new ParquetChunkWriter(pages, columns.get(chunks.size()), codec);
        open = Optional.of(chunk);
        return chunk;
    }

    private void endColumn() throws IOException {
        if (open.isPresent()) {
            chunks.add(open.get().end());
            open = Optional.empty();
        }
    }

    /**
     * Ends the row group.
     *
     * @param rows records in each of its columns
     * @throws IllegalStateException if it lacks a column
     */
    public void endGroup(long rows) throws IOException {
        endColumn();
        if (chunks.size() != columns.size()) {
            throw new IllegalStateException(
                    "a row group of " + chunks.size() + " columns instead of " + columns.size());
        }
        long bytes = chunks.stream()
                .mapToLong(chunk -> chunk.getMeta_data().getTotal_uncompressed_size())
                .sum();
        groups.add(new RowGroup(List.copyOf(chunks), bytes, rows));
        chunks.clear();
    }

    /** Ends the file. */
    public void end(Map<String, String> metadata) throws IOException {
        long rows = groups.stream().mapToLong(RowGroup::getNum_rows).sum();
        FileMetaData footer = new FileMetaData(1, schema, rows, groups);
        footer.setCreated_by(CREATED_BY);
        if (!metadata.isEmpty()) {
            footer.setKey_value_metadata(metadata.entrySet().stream()
                    .map(entry -> new KeyValue(entry.getKey()).setValue(entry.getValue()))
                    .toList());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        pages.write(bytes.toByteArray());
        pages.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.size())
                .array());
        pages.write(MAGIC);
    }
}
