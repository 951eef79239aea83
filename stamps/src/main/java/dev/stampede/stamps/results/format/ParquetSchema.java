package dev.stampede.stamps.results.format;

import dev.stampede.stamps.parquet.MessageSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of a Parquet file that a table has: plain ones, and lists of numbers or truth values. Others are ignored.
 *
 * @param fields the plain columns by name, in order
 * @param arrays the lists by name, in order
 * @param unsigned the plain columns of unsigned numbers
 */
record ParquetSchema(
        MessageType message,
        Map<String, ColumnDescriptor> fields,
        Map<String, ColumnDescriptor> arrays,
        Set<String> unsigned) {
    static ParquetSchema of(List<SchemaElement> elements) {
        MessageType message = MessageSchema.of(elements);
        Map<String, ColumnDescriptor> fields = new LinkedHashMap<>();
        Map<String, ColumnDescriptor> arrays = new LinkedHashMap<>();
        for (ColumnDescriptor column : message.getColumns()) {
            String name = column.getPath()[0];
            boolean isOnly = message.getColumns().stream()
                            .filter(other -> other.getPath()[0].equals(name))
                            .count()
                    == 1;
            if (column.getPath().length == 1 && column.getMaxRepetitionLevel() == 0) {
                fields.put(name, column);
            } else if (isOnly && column.getMaxRepetitionLevel() == 1 && isNumeric(column)) {
                arrays.put(name, column);
            }
        }
        Set<String> unsigned = elements.stream()
                .filter(element -> element.isSetConverted_type()
                        && element.getConverted_type().name().startsWith("UINT"))
                .map(SchemaElement::getName)
                .collect(Collectors.toUnmodifiableSet());
        return new ParquetSchema(message, fields, arrays, unsigned);
    }

    private static boolean isNumeric(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case FLOAT, DOUBLE, INT32, INT64, BOOLEAN -> true;
            default -> false;
        };
    }

    /** Whether a column of numbers holds integers. */
    static boolean isInteger(ColumnDescriptor column) {
        PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
        return type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
    }

    /** The library asks for the converters of all columns, also where values are read without one. */
    GroupConverter converter() {
        return new Unused(message);
    }

    private static final class Unused extends GroupConverter {
        private final GroupType type;

        Unused(GroupType type) {
            this.type = type;
        }

        @Override
        public Converter getConverter(int field) {
            Type child = type.getType(field);
            return child.isPrimitive() ? new PrimitiveConverter() {} : new Unused(child.asGroupType());
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
