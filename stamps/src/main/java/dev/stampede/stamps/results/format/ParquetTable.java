package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.parquet.PageCodec;
import dev.stampede.stamps.parquet.ParquetPages;
import dev.stampede.stamps.stamp.FloatRange;
import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file with plain columns and lists of numbers, as astropy writes it: images are flattened, and their shapes are
 * in the metadata {@code table_meta_yaml}. One page of each column is in memory.
 */
final class ParquetTable implements ResultTable {
    /** The first and the last characters of the file. */
    static final String MAGIC = "PAR1";

    /** The key of the metadata of astropy. */
    static final String META = "table_meta_yaml";

    private static final int TAIL_BYTES = 8;

    private final Path file;
    private final FileChannel channel;
    private final FileMetaData footer;
    private final ParquetSchema schema;
    private final Map<String, ArrayShape> arrays = new LinkedHashMap<>();
    private final List<String> separate;

    private ParquetTable(Path file, FileChannel channel, FileMetaData footer, TableMeta meta) {
        this.file = file;
        this.channel = channel;
        this.footer = footer;
        this.schema = ParquetSchema.of(footer.getSchema());
        this.separate = meta.separate();
        schema.arrays()
                .forEach((name, column) ->
                        meta.shape(name).or(() -> length(column)).ifPresent(shape -> arrays.put(name, shape)));
    }

    static ParquetTable open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                FileMetaData footer = footer(file, channel);
                requireCodecs(file, footer);
                return new ParquetTable(file, channel, footer, meta(file, footer));
            } catch (IOException | RuntimeException | OutOfMemoryError failure) {
                channel.close();
                throw failure;
            }
        } catch (ResultsFormatException refused) {
            throw refused;
        } catch (FileSystemException failure) {
            throw FileAccessException.reading(file, failure);
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) { // see damaged
            throw damaged(file, damaged);
        }
    }

    private static void requireCodecs(Path file, FileMetaData footer) {
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk column : group.getColumns()) {
                CompressionCodec codec = column.getMeta_data().getCodec();
                if (!PageCodec.CODECS.contains(codec)) {
                    throw new ResultsFormatException(
                            file, "is compressed with " + codec + "; write it with compression snappy, gzip or zstd");
                }
            }
        }
    }

    /** The library reports bad bytes by exceptions of many kinds, and a damaged length may claim all memory. */
    static ResultsFormatException damaged(Path file, Throwable cause) {
        Throwable reason = cause.getCause() instanceof IOException failure ? failure : cause;
        return new ResultsFormatException(
                file, "cannot be read as Parquet (" + reason.getMessage() + "); write or copy it again", cause);
    }

    private static FileMetaData footer(Path file, FileChannel channel) throws IOException {
        long end = channel.size() - TAIL_BYTES;
        ByteBuffer tail = read(channel, Math.max(0, end), TAIL_BYTES);
        long length = Integer.toUnsignedLong(tail.getInt(0));
        if (tail.getInt(Integer.BYTES) != read(channel, 0, MAGIC.length()).getInt(0) || length > end) {
            throw new ResultsFormatException(file, "is a truncated Parquet file; write or copy it again");
        }
        byte[] bytes = read(channel, end - length, (int) length).array();
        return Util.readFileMetaData(new ByteArrayInputStream(bytes));
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("it ends after " + channel.size() + " bytes");
            }
        }
        return bytes;
    }

    FileMetaData footer() {
        return footer;
    }

    MessageType message() {
        return schema.message();
    }

    List<KeyValue> metadata() {
        return metadata(footer);
    }

    private static List<KeyValue> metadata(FileMetaData footer) {
        return Optional.ofNullable(footer.getKey_value_metadata()).orElse(List.of());
    }

    private static TableMeta meta(Path file, FileMetaData footer) {
        return metadata(footer).stream()
                .filter(entry -> entry.getKey().equals(META))
                .map(KeyValue::getValue)
                .findFirst()
                .map(yaml -> TableMeta.parse(file, yaml))
                .orElse(TableMeta.NONE);
    }

    /** The shape of the vectors of a column without metadata: that of the first row. */
    private Optional<ArrayShape> length(ColumnDescriptor column) {
        return footer.getRow_groups().stream()
                .filter(group -> group.getNum_rows() > 0)
                .findFirst()
                .flatMap(group -> ArrayShape.of(List.of(new ParquetColumn(readers(group), column).array().length)));
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long size() {
        return footer.getNum_rows();
    }

    @Override
    public List<String> fields() {
        return List.copyOf(schema.fields().keySet());
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        return arrays;
    }

    @Override
    public List<String> separateColumns() {
        return separate;
    }

    ColumnReadStoreImpl readers(RowGroup group) {
        return new ColumnReadStoreImpl(
                new ParquetPages(channel, group),
                schema.converter(),
                schema.message(),
                Optional.ofNullable(footer.getCreated_by()).orElse(""));
    }

    @Override
    public Set<String> integers() {
        return schema.arrays().entrySet().stream()
                .filter(column -> ParquetSchema.isInteger(column.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public RowCursor rows(List<String> wanted) {
        return new Cursor(wanted);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    private final class Cursor implements RowCursor {
        private final List<String> wanted;
        private final Map<String, ParquetColumn> columns = new HashMap<>();
        private int group;
        private long left;
        private long next;

        Cursor(List<String> wanted) {
            this.wanted = wanted;
        }

        @Override
        public ResultRow next() {
            try {
                while (left == 0) {
                    open(footer.getRow_groups().get(group++));
                }
                left--;
                Map<String, String> fields = new HashMap<>();
                for (String name : schema.fields().keySet()) {
                    fields.put(name, column(name).text(schema.unsigned().contains(name)));
                }
                List<Stamp> arrays = new ArrayList<>();
                for (String name : wanted) {
                    arrays.add(stamp(name, column(name).array()));
                }
                return new ResultRow("row " + next++, fields, arrays);
            } catch (ResultsFormatException refused) {
                throw refused;
            } catch (RuntimeException | OutOfMemoryError damaged) { // see damaged
                throw damaged(file, damaged);
            }
        }

        private void open(RowGroup rows) {
            ColumnReadStoreImpl readers = readers(rows);
            schema.fields().forEach((name, column) -> columns.put(name, new ParquetColumn(readers, column)));
            for (String name : wanted) {
                columns.put(
                        name,
                        new ParquetColumn(
                                readers, Objects.requireNonNull(schema.arrays().get(name))));
            }
            left = rows.getNum_rows();
        }

        private ParquetColumn column(String name) {
            return Objects.requireNonNull(columns.get(name));
        }

        private Stamp stamp(String name, double[] cell) {
            double[] elements = cell;
            ArrayShape shape = Objects.requireNonNull(arrays().get(name));
            if (elements.length == 0) { // the cell is masked
                elements = new double[shape.size()];
                Arrays.fill(elements, Double.NaN);
            }
            if (elements.length != shape.size()) {
                throw new ResultsFormatException(
                        file,
                        "has " + elements.length + " numbers in column " + name + " of row " + next + ", not those of "
                                + shape + "; write it again with images of one size");
            }
            return Stamp.of(shape.exposures(), shape.height(), shape.width(), FloatRange.pixels(elements));
        }

        @Override
        public void close() {}
    }
}
