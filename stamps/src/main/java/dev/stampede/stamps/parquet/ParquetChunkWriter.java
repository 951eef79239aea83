package dev.stampede.stamps.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * Writes the values of one column in one row group. A page ends with a record, and goes to the file when it is full: so
 * there is no dictionary, which would have to come first.
 */
public final class ParquetChunkWriter {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_VALUES = 1 << 20;
    private static final int INITIAL_BYTES = 1 << 10;
    private static final int INT96_BYTES = 12;
    private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();

    private final PageSink sink;
    private final ColumnDescriptor column;
    private final CompressionCodec codec;
    private final ValuesWriter repetitions;
    private final ValuesWriter definitions;
    private final ValuesWriter values;
    private final long start;
    private int pageValues;
    private long chunkValues;
    private long plainBytes;

    /** Receives the bytes of pages in order. */
    interface PageSink {
        /** The position of the next byte in the file. */
        long position();

        void write(byte[] bytes) throws IOException;
    }

    ParquetChunkWriter(PageSink sink, ColumnDescriptor column, CompressionCodec codec) {
        this.sink = sink;
        this.column = column;
        this.codec = codec;
        this.start = sink.position();
        this.repetitions = levels(column.getMaxRepetitionLevel());
        this.definitions = levels(column.getMaxDefinitionLevel());
        this.values = switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanPlainValuesWriter();
            case INT96 -> new FixedLenByteArrayPlainValuesWriter(INT96_BYTES, INITIAL_BYTES, PAGE_BYTES, HEAP);
            case FIXED_LEN_BYTE_ARRAY ->
                new FixedLenByteArrayPlainValuesWriter(
                        column.getPrimitiveType().getTypeLength(), INITIAL_BYTES, PAGE_BYTES, HEAP);
            default -> new PlainValuesWriter(INITIAL_BYTES, PAGE_BYTES, HEAP);
        };
    }

    private static ValuesWriter levels(int max) {
        return new RunLengthBitPackingHybridValuesWriter(
                BytesUtils.getWidthFromMaxInt(max), INITIAL_BYTES, PAGE_BYTES, HEAP);
    }

    /**
     * Begins the next value.
     *
     * @param repetition its repetition level; 0 begins a record
     * @param definition its definition level; below that of the column there is no value
     * @return receives the value, if there is one
     */
    public ValuesWriter next(int repetition, int definition) throws IOException {
        if (repetition == 0 && (values.getBufferedSize() >= PAGE_BYTES || pageValues >= PAGE_VALUES)) {
            endPage();
        }
        repetitions.writeInteger(repetition);
        definitions.writeInteger(definition);
        pageValues++;
        return values;
    }

    private void endPage() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.getMaxRepetitionLevel() > 0) {
            repetitions.getBytes().writeAllTo(page);
        }
        if (column.getMaxDefinitionLevel() > 0) {
            definitions.getBytes().writeAllTo(page);
        }
        values.getBytes().writeAllTo(page);
        byte[] plain = page.toByteArray();
        byte[] compressed = PageCodec.compress(codec, plain);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, compressed.length);
        header.setData_page_header(new DataPageHeader(pageValues, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        ByteArrayOutputStream headerBytes = new ByteArrayOutputStream();
        Util.writePageHeader(header, headerBytes);
        sink.write(headerBytes.toByteArray());
        sink.write(compressed);
        plainBytes += headerBytes.size() + plain.length;
        chunkValues += pageValues;
        pageValues = 0;
        List.of(repetitions, definitions, values).forEach(ValuesWriter::reset);
    }

    /** Writes the last page and describes the chunk. */
    ColumnChunk end() throws IOException {
        endPage();
        List.of(repetitions, definitions, values).forEach(ValuesWriter::close);
        ColumnMetaData meta = new ColumnMetaData(
                type(),
                List.of(Encoding.PLAIN, Encoding.RLE),
                Arrays.asList(column.getPath()),
                codec,
                chunkValues,
                plainBytes,
                sink.position() - start,
                start);
        ColumnChunk chunk = new ColumnChunk(start);
        chunk.setMeta_data(meta);
        return chunk;
    }

    private Type type() {
        return Type.valueOf(
                column.getPrimitiveType().getPrimitiveTypeName().name().replaceFirst("^BINARY$", "BYTE_ARRAY"));
    }
}
