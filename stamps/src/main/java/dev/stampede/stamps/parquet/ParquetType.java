package dev.stampede.stamps.parquet;

import java.io.IOException;
import java.time.Instant;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The type of a plain column, whose values may be absent. */
public enum ParquetType {
    /** Text in UTF-8, of any object. */
    STRING(Type.BYTE_ARRAY),
    FLOAT(Type.FLOAT),
    DOUBLE(Type.DOUBLE),
    INT(Type.INT32),
    LONG(Type.INT64),
    BOOLEAN(Type.BOOLEAN),
    /** Milliseconds in UTC, of an {@link Instant}. */
    TIME(Type.INT64);

    private final Type physical;

    ParquetType(Type physical) {
        this.physical = physical;
    }

    /** A column of this type in a schema. */
    public SchemaElement element(String name) {
        SchemaElement element = new SchemaElement(name);
        element.setType(physical);
        element.setRepetition_type(FieldRepetitionType.OPTIONAL);
        if (this == STRING) {
            element.setConverted_type(ConvertedType.UTF8);
            element.setLogicalType(LogicalType.STRING(new StringType()));
        } else if (this == TIME) {
            element.setConverted_type(ConvertedType.TIMESTAMP_MILLIS);
            element.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.MILLIS(new MilliSeconds()))));
        }
        return element;
    }

    /** Writes the next value of a column; null if it is absent. */
    public void write(ParquetChunkWriter chunk, @Nullable Object value) throws IOException {
        ValuesWriter out = chunk.next(0, value == null ? 0 : 1);
        if (value != null) {
            switch (this) {
                case STRING -> out.writeBytes(Binary.fromString(value.toString()));
                case FLOAT -> out.writeFloat((Float) value);
                case DOUBLE -> out.writeDouble((Double) value);
                case INT -> out.writeInteger((Integer) value);
                case LONG -> out.writeLong((Long) value);
                case BOOLEAN -> out.writeBoolean((Boolean) value);
                case TIME -> out.writeLong(((Instant) value).toEpochMilli());
            }
        }
    }
}
