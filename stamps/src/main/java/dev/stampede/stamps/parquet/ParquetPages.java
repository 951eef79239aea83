package dev.stampede.stamps.parquet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The pages of a row group, read from the file one by one. */
public final class ParquetPages implements PageReadStore {
    /** Writers aim at 1 MB; some write one page for each row group. */
    private static final int MAX_PAGE_BYTES = 1 << 27;

    /** They are for filters, and bring a library of geometries. */
    private static final @Nullable Statistics<?> NO_STATISTICS = null;

    private final FileChannel channel;
    private final RowGroup group;

    public ParquetPages(FileChannel channel, RowGroup group) {
        this.channel = channel;
        this.group = group;
    }

    @Override
    public long getRowCount() {
        return group.getNum_rows();
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return group.getColumns().stream()
                .map(ColumnChunk::getMeta_data)
                .filter(chunk -> chunk.getPath_in_schema().equals(Arrays.asList(column.getPath())))
                .findFirst()
                .<PageReader>map(chunk -> new Pages(chunk))
                .orElseThrow(() -> new IllegalArgumentException("a row group lacks the column " + column));
    }

    private final class Pages implements PageReader {
        private final ColumnMetaData chunk;
        private final InputStream content;
        private @Nullable PageHeader peeked;
        private long valuesLeft;

        Pages(ColumnMetaData chunk) {
            this.chunk = chunk;
            boolean hasDictionary = chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0;
            long start = hasDictionary
                    ? Math.min(chunk.getDictionary_page_offset(), chunk.getData_page_offset())
                    : chunk.getData_page_offset();
            content = new BufferedInputStream(new Section(channel, start, chunk.getTotal_compressed_size()), 1 << 16);
            valuesLeft = chunk.getNum_values();
        }

        @Override
        public long getTotalValueCount() {
            return chunk.getNum_values();
        }

        private PageHeader header() throws IOException {
            PageHeader header = peeked == null ? Util.readPageHeader(content) : peeked;
            peeked = null;
            return header;
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            try {
                PageHeader header = header();
                if (!header.isSetDictionary_page_header()) {
                    peeked = header;
                    return null;
                }
                return new DictionaryPage(
                        BytesInput.from(decompress(bytes(header), 0, header.getUncompressed_page_size())),
                        header.getDictionary_page_header().getNum_values(),
                        encoding(header.getDictionary_page_header().getEncoding()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public @Nullable DataPage readPage() {
            try {
                while (valuesLeft > 0) {
                    PageHeader header = header();
                    byte[] bytes = bytes(header);
                    if (header.isSetData_page_header()) {
                        DataPageHeader page = header.getData_page_header();
                        valuesLeft -= page.getNum_values();
                        return new DataPageV1(
                                BytesInput.from(decompress(bytes, 0, header.getUncompressed_page_size())),
                                page.getNum_values(),
                                header.getUncompressed_page_size(),
                                NO_STATISTICS,
                                encoding(page.getRepetition_level_encoding()),
                                encoding(page.getDefinition_level_encoding()),
                                encoding(page.getEncoding()));
                    }
                    if (header.isSetData_page_header_v2()) {
                        valuesLeft -= header.getData_page_header_v2().getNum_values();
                        return second(header, header.getData_page_header_v2(), bytes);
                    }
                    // an index page
                }
                return null;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** A page of version 2, whose levels are not compressed. */
        private DataPageV2 second(PageHeader header, DataPageHeaderV2 page, byte[] bytes) throws IOException {
            int repetition = page.getRepetition_levels_byte_length();
            int levels = Math.addExact(repetition, page.getDefinition_levels_byte_length());
            byte[] data = page.isIs_compressed()
                    ? decompress(bytes, levels, header.getUncompressed_page_size() - levels)
                    : Arrays.copyOfRange(bytes, levels, bytes.length);
            return DataPageV2.uncompressed(
                    page.getNum_rows(),
                    page.getNum_nulls(),
                    page.getNum_values(),
                    BytesInput.from(Arrays.copyOf(bytes, repetition)),
                    BytesInput.from(Arrays.copyOfRange(bytes, repetition, levels)),
                    encoding(page.getEncoding()),
                    BytesInput.from(data),
                    NO_STATISTICS);
        }

        private byte[] bytes(PageHeader header) throws IOException {
            int size = header.getCompressed_page_size();
            if (size < 0
                    || size > MAX_PAGE_BYTES
                    || header.getUncompressed_page_size() < 0
                    || header.getUncompressed_page_size() > MAX_PAGE_BYTES) {
                throw new IOException("a page of " + header.getUncompressed_page_size() + " bytes is too large");
            }
            byte[] bytes = content.readNBytes(size);
            if (bytes.length < size) {
                throw new IOException("a page ends early");
            }
            return bytes;
        }

        private byte[] decompress(byte[] bytes, int from, int size) throws IOException {
            byte[] compressed = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length);
            return PageCodec.decompress(chunk.getCodec(), compressed, size);
        }

        private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
            return Encoding.valueOf(encoding.name());
        }
    }

    /** A part of a file. */
    private static final class Section extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long at;

        Section(FileChannel channel, long start, long length) {
            this.channel = channel;
            at = start;
            end = start + length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = (int) Math.min(length, end - at);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(target, offset, count), at);
            at += Math.max(read, 0);
            return read;
        }
    }
}
