package dev.stampede.streaming.command.topic;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.parquet.ParquetType;
import dev.stampede.streaming.wire.NullableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Classifications as rows of a flat table: a column for each field of the schema, those of nested records with a dot in their
 * name, such as {@code crop.method}. The occlusion map is left out.
 */
final class ClassificationColumns {
    private static final String NESTED = ".";

    /** The columns by name, in order. */
    static final Map<String, ParquetType> TYPES = types(Classification.getClassSchema(), "");

    private ClassificationColumns() {}

    private static Map<String, ParquetType> types(Schema record, String prefix) {
        Map<String, ParquetType> types = new LinkedHashMap<>();
        for (Schema.Field field : record.getFields()) {
            if (isNested(field)) {
                types.putAll(types(field.schema(), prefix + field.name() + NESTED));
            } else if (!isOptionalRecord(field)) {
                types.put(prefix + field.name(), type(NullableSchema.nonNull(field.schema())));
            }
        }
        return types;
    }

    private static boolean isNested(Schema.Field field) {
        return field.schema().getType() == Schema.Type.RECORD;
    }

    private static boolean isOptionalRecord(Schema.Field field) {
        return NullableSchema.nonNull(field.schema()).getType() == Schema.Type.RECORD && !isNested(field);
    }

    private static ParquetType type(Schema schema) {
        return switch (schema.getType()) {
            case STRING, ENUM -> ParquetType.STRING;
            case FLOAT -> ParquetType.FLOAT;
            case DOUBLE -> ParquetType.DOUBLE;
            case INT -> ParquetType.INT;
            case BOOLEAN -> ParquetType.BOOLEAN;
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? ParquetType.TIME : ParquetType.LONG;
            default -> throw new IllegalStateException("a field of type " + schema + " has no column");
        };
    }

    /** The cells of a row, one for each column; null if the field is. */
    static List<@Nullable Object> cells(IndexedRecord record) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            if (isNested(field)) {
                cells.addAll(cells((IndexedRecord) record.get(field.pos())));
            } else if (!isOptionalRecord(field)) {
                cells.add(record.get(field.pos()));
            }
        }
        return cells;
    }
}
