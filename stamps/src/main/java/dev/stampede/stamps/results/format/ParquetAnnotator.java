package dev.stampede.stamps.results.format;

import dev.stampede.stamps.parquet.ArrowSchema;
import dev.stampede.stamps.parquet.ParquetChunkWriter;
import dev.stampede.stamps.parquet.ParquetType;
import dev.stampede.stamps.parquet.ParquetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Annotates a Parquet file. The values of each column are copied with their levels, so that columns of any type stay as
 * they are, in row groups as in the table, of at most {@value #MAX_ROWS} rows; the annotations of one are in memory.
 */
final class ParquetAnnotator implements TableAnnotator {
    private static final int MAX_ROWS = 1 << 20;

    /** What astropy writes the length of the texts in a column to, which it cannot read if some are absent. */
    private static final String TEXT_LENGTH = "table::len::";

    private final ParquetTable table;
    private final OutputStream stream;
    private final ParquetWriter out;
    private final List<ColumnDescriptor> columns;
    private final List<RowGroup> groups;
    private final List<Annotation> annotations = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private final Map<AnnotationColumn, Integer> lengths = new EnumMap<>(AnnotationColumn.class);
    private List<ColumnReader> readers = List.of();
    private List<CompressionCodec> codecs = List.of();
    private int nextGroup;
    private long left;
    private int rows;

    private ParquetAnnotator(ParquetTable table, OutputStream stream) throws IOException {
        this.table = table;
        this.stream = stream;
        this.out = ParquetWriter.begin(stream, schema(table));
        this.columns = table.message().getColumns();
        this.groups = table.footer().getRow_groups();
    }

    static ParquetAnnotator begin(Path file, SeekableByteChannel out) throws IOException {
        ParquetTable table = ParquetTable.open(file);
        try {
            AnnotationColumn.requireAbsent(
                    file,
                    table.message().getFields().stream()
                            .map(field -> field.getName())
                            .toList());
            Optional<KeyValue> arrow = table.metadata().stream()
                    .filter(entry -> entry.getKey().equals(ArrowSchema.KEY))
                    .findFirst();
            if (arrow.isPresent()) { // rather now than after the last row
                arrowSchema(table, Objects.requireNonNullElse(arrow.get().getValue(), ""), Map.of());
            }
            return new ParquetAnnotator(table, TableAnnotator.stream(out));
        } catch (IOException | RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    private static List<SchemaElement> schema(ParquetTable table) {
        List<SchemaElement> elements = new ArrayList<>(table.footer().getSchema());
        SchemaElement root = new SchemaElement(elements.get(0));
        root.setNum_children(root.getNum_children() + AnnotationColumn.values().length);
        elements.set(0, root);
        Stream.of(AnnotationColumn.values())
                .map(column -> column.parquet().element(column.columnName()))
                .forEach(elements::add);
        return elements;
    }

    @Override
    public long rows() {
        return table.size();
    }

    @Override
    public void keep(Annotation annotation) throws IOException {
        kept.set(rows);
        annotations.add(annotation);
        add();
    }

    @Override
    public void skip() throws IOException {
        add();
    }

    private void add() throws IOException {
        try {
            while (left == 0) {
                if (nextGroup == groups.size()) {
                    throw new ResultsFormatException(table.file(), "has fewer rows than candidates; write it again");
                }
                open(groups.get(nextGroup++));
            }
            left--;
            rows++;
            if (left == 0 || rows == MAX_ROWS) {
                flush();
            }
        } catch (ResultsFormatException refused) {
            throw refused;
        } catch (RuntimeException | OutOfMemoryError damaged) { // see ParquetTable.damaged
            throw ParquetTable.damaged(table.file(), damaged);
        }
    }

    private void open(RowGroup group) {
        ColumnReadStoreImpl store = table.readers(group);
        left = group.getNum_rows();
        readers = columns.stream().map(store::getColumnReader).toList();
        codecs = group.getColumns().stream()
                .map(chunk -> chunk.getMeta_data().getCodec())
                .toList();
    }

    private void flush() throws IOException {
        for (int i = 0; i < readers.size(); i++) {
            copy(readers.get(i), kept.isEmpty() ? Optional.empty() : Optional.of(out.nextColumn(codecs.get(i))));
        }
        if (!kept.isEmpty()) {
            for (AnnotationColumn column : AnnotationColumn.values()) {
                ParquetChunkWriter chunk = out.nextColumn(codecs.get(0));
                for (Annotation annotation : annotations) {
                    column.parquet().write(chunk, value(column, annotation));
                }
            }
            out.endGroup(annotations.size());
        }
        annotations.clear();
        kept.clear();
        rows = 0;
    }

    /** A text is empty, not absent. */
    private @Nullable Object value(AnnotationColumn column, Annotation annotation) {
        if (column.parquet() != ParquetType.STRING) {
            return column.value(annotation).orElse(null);
        }
        String text = column.cell(annotation);
        lengths.merge(column, Math.max(1, text.length()), Math::max);
        return text;
    }

    /** Copies the records of the rows that are kept, and reads the others. */
    private void copy(ColumnReader reader, Optional<ParquetChunkWriter> chunk) throws IOException {
        ValueCopy copy = ValueCopy.of(reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName());
        int maxDefinition = reader.getDescriptor().getMaxDefinitionLevel();
        for (int row = 0; row < rows; row++) {
            boolean isKept = kept.get(row);
            int repetition = 0;
            do {
                int definition = reader.getCurrentDefinitionLevel();
                if (isKept) {
                    ValuesWriter values = chunk.orElseThrow().next(repetition, definition);
                    if (definition == maxDefinition) {
                        copy.copy(reader, values);
                    }
                } else if (definition == maxDefinition) {
                    reader.skip();
                }
                reader.consume();
                repetition = reader.getCurrentRepetitionLevel();
            } while (repetition > 0);
        }
    }

    /** Copies the current value of a column. */
    @FunctionalInterface
    private interface ValueCopy {
        void copy(ColumnReader in, ValuesWriter out);

        static ValueCopy of(PrimitiveTypeName type) {
            return switch (type) {
                case INT32 -> (in, out) -> out.writeInteger(in.getInteger());
                case INT64 -> (in, out) -> out.writeLong(in.getLong());
                case FLOAT -> (in, out) -> out.writeFloat(in.getFloat());
                case DOUBLE -> (in, out) -> out.writeDouble(in.getDouble());
                case BOOLEAN -> (in, out) -> out.writeBoolean(in.getBoolean());
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> (in, out) -> out.writeBytes(in.getBinary());
            };
        }
    }

    @Override
    public void end() throws IOException {
        long others = left
                + groups.subList(nextGroup, groups.size()).stream()
                        .mapToLong(RowGroup::getNum_rows)
                        .sum();
        if (others > 0) {
            throw new ResultsFormatException(
                    table.file(), "has " + others + " more rows than candidates; write it again");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (KeyValue entry : table.metadata()) {
            String value = Objects.requireNonNullElse(entry.getValue(), "");
            metadata.put(entry.getKey(), entry.getKey().equals(ParquetTable.META) ? withLines(value) : value);
        }
        if (metadata.containsKey(ParquetTable.META)) {
            lengths.forEach(
                    (column, length) -> metadata.put(TEXT_LENGTH + column.columnName(), String.valueOf(length)));
        }
        String arrow = metadata.remove(ArrowSchema.KEY);
        if (arrow != null) {
            metadata.put(ArrowSchema.KEY, arrowSchema(table, arrow, metadata));
        }
        out.end(metadata);
        stream.flush();
    }

    private static String arrowSchema(ParquetTable table, String schema, Map<String, String> metadata) {
        return ArrowSchema.with(schema, table.message().getFieldCount(), added(), metadata)
                .orElseThrow(() -> new ResultsFormatException(
                        table.file(),
                        "has a damaged " + ArrowSchema.KEY
                                + ", or one of other columns, in its metadata; write it again"
                                + " with pyarrow, whose option store_schema=False leaves it out"));
    }

    private static Map<String, ParquetType> added() {
        Map<String, ParquetType> added = new LinkedHashMap<>();
        Stream.of(AnnotationColumn.values()).forEach(column -> added.put(column.columnName(), column.parquet()));
        return added;
    }

    private String withLines(String yaml) {
        TableMeta.AnnotationLines added = TableMeta.annotationLines(table.file(), yaml);
        List<String> lines = new ArrayList<>(List.of(yaml.split("\n", -1)));
        lines.addAll(Math.min(added.after(), lines.size()), added.lines());
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        table.close();
    }
}
