package dev.stampede.stamps.results.format;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;

/** Reads the cells of a column of one row group in order. */
final class ParquetColumn {
    private final ColumnReader reader;
    private final int maxDefinition;

    ParquetColumn(ColumnReadStore readers, ColumnDescriptor column) {
        reader = readers.getColumnReader(column);
        maxDefinition = column.getMaxDefinitionLevel();
    }

    private boolean isPresent() {
        return reader.getCurrentDefinitionLevel() == maxDefinition;
    }

    /** The next cell of a plain column as text; empty if it is null. */
    String text(boolean isUnsigned) {
        String text = !isPresent()
                ? ""
                : switch (reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
                    case INT32 ->
                        isUnsigned
                                ? Integer.toUnsignedString(reader.getInteger())
                                : String.valueOf(reader.getInteger());
                    case INT64 ->
                        isUnsigned ? Long.toUnsignedString(reader.getLong()) : String.valueOf(reader.getLong());
                    case FLOAT -> String.valueOf(reader.getFloat());
                    case DOUBLE -> String.valueOf(reader.getDouble());
                    case BOOLEAN -> String.valueOf(reader.getBoolean());
                    default -> reader.getBinary().toStringUsingUTF8();
                };
        reader.consume();
        return text;
    }

    /** The next cell of a list; NaN for null elements, 1 and 0 for true and false, no elements if it is null or empty. */
    double[] array() {
        double[] elements = new double[16];
        int count = 0;
        do {
            // An empty list has one value, which is not defined down to the level of an element.
            if (reader.getCurrentDefinitionLevel() >= maxDefinition - 1 && (isPresent() || maxDefinition > 1)) {
                elements = count == elements.length ? Arrays.copyOf(elements, 2 * count) : elements;
                elements[count++] = isPresent() ? number() : Double.NaN;
            }
            reader.consume();
        } while (reader.getCurrentRepetitionLevel() > 0);
        return Arrays.copyOf(elements, count);
    }

    private double number() {
        return switch (reader.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> reader.getInteger();
            case INT64 -> reader.getLong();
            case FLOAT -> reader.getFloat();
            case BOOLEAN -> reader.getBoolean() ? 1 : 0;
            default -> reader.getDouble();
        };
    }
}
