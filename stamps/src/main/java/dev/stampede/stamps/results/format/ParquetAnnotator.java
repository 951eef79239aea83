package dev.stampede.stamps.results.format;

import dev.stampede.stamps.parquet.ParquetChunkWriter;
import dev.stampede.stamps.parquet.ParquetWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

/**
 * Annotates a Parquet file. The values of each column are copied with their levels, so that columns of any type stay as
 * they are, in row groups as in the table, of at most {@value #MAX_ROWS} rows; the annotations of one are in memory.
 */
final class ParquetAnnotator implements TableAnnotator {
    private static final int MAX_ROWS = 1 << 20;

    /**
     * The types of Arrow, encoded with the number of columns. Readers would take it for a description of all columns;
     * without it they use the types of Parquet.
     */
    private static final String ARROW_SCHEMA = "ARROW:schema";

    private final ParquetTable table;
    private final ParquetWriter out;
    private final List<ColumnDescriptor> columns;
    private final List<RowGroup> groups;
    private final List<Annotation> annotations = new ArrayList<>();
    private final BitSet kept = new BitSet();
    private List<ColumnReader> readers = List.of();
    private List<CompressionCodec> codecs = List.of();
    private int nextGroup;
    private long left;
    private int rows;

    private ParquetAnnotator(ParquetTable table, ParquetWriter out) {
        this.table = table;
        this.out = out;
        this.columns = table.message().getColumns();
        this.groups = table.footer().getRow_groups();
    }

    static ParquetAnnotator begin(Path file, OutputStream out) throws IOException {
        ParquetTable table = ParquetTable.open(file);
        try {
            AnnotationColumn.requireAbsent(
                    file,
                    table.message().getFields().stream()
                            .map(field -> field.getName())
                            .toList());
            return new ParquetAnnotator(table, ParquetWriter.begin(out, schema(table)));
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
                    column.parquet().write(chunk, column.value(annotation).orElse(null));
                }
            }
            out.endGroup(annotations.size());
        }
        annotations.clear();
        kept.clear();
        rows = 0;
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
        List<KeyValue> metadata = new ArrayList<>();
        for (KeyValue entry : table.metadata()) {
            if (entry.getKey().equals(ParquetTable.META)) {
                metadata.add(new KeyValue(entry).setValue(withAnnotations(entry.getValue())));
            } else if (!entry.getKey().equals(ARROW_SCHEMA)) {
                metadata.add(entry);
            }
        }
        out.end(metadata);
    }

    private String withAnnotations(String yaml) {
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
