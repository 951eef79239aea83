package dev.stampede.streaming.packet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records of one schema in single-object encoding: the bytes are those of Avro's {@link
 * BinaryMessageEncoder}, at a fraction of its cost, for what the types of the fields ask for is found out once and not
 * for each record. Thread-safe.
 */
final class SingleObjectEncoder<T extends IndexedRecord> {
    private final byte[] header;
    private final Field[] fields;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    /** Writes a value of one type. */
    private interface Type {
        void write(Object value, Encoder out) throws IOException;
    }

    /** A field of a record; the value of one that is optional may be null. */
    private record Field(boolean isOptional, Type type) {
        void write(@Nullable Object value, Encoder out) throws IOException {
            if (isOptional) {
                out.writeIndex(value == null ? 0 : 1);
            }
            if (value != null) {
                type.write(value, out);
            }
        }
    }

    /** What a thread writes to, again and again. */
    private static final class Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable BinaryEncoder encoder;
    }

    /**
     * An encoder of {@code schema}.
     *
     * @throws IllegalArgumentException if it has a type that no schema of ours has
     */
    SingleObjectEncoder(Schema schema) {
        header = SingleObject.header(schema);
        fields = fieldsOf(schema);
    }

    /** The record as the value of a Kafka record. */
    byte[] encode(T datum) {
        Scratch mine = scratch.get();
        mine.bytes.reset();
        mine.bytes.write(header, 0, header.length);
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(mine.bytes, mine.encoder);
            mine.encoder = encoder;
            write(fields, datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to take an Avro record", e);
        }
        return mine.bytes.toByteArray();
    }

    private static void write(Field[] fields, IndexedRecord datum, Encoder out) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(datum.get(i), out);
        }
    }

    private static Field[] fieldsOf(Schema schema) {
        return schema.getFields().stream().map(field -> fieldOf(field.schema())).toArray(Field[]::new);
    }

    private static Field fieldOf(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return new Field(false, typeOf(schema));
        }
        List<Schema> choices = schema.getTypes();
        if (choices.size() != 2 || choices.get(0).getType() != Schema.Type.NULL) {
            throw unknown(schema);
        }
        return new Field(true, typeOf(choices.get(1)));
    }

    private static Type typeOf(Schema schema) {
        return switch (schema.getType()) {
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case LONG -> typeOfLong(schema);
            case FLOAT -> (value, out) -> out.writeFloat((Float) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case STRING -> (value, out) -> out.writeString((String) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            case ENUM -> (value, out) -> out.writeEnum(schema.getEnumOrdinal(((Enum<?>) value).name()));
            case ARRAY -> typeOfArray(typeOf(schema.getElementType()));
            case RECORD -> typeOfRecord(fieldsOf(schema));
            default -> throw unknown(schema);
        };
    }

    private static Type typeOfLong(Schema schema) {
        if (schema.getLogicalType() == null) {
            return (value, out) -> out.writeLong((Long) value);
        }
        if (schema.getLogicalType().equals(LogicalTypes.timestampMillis())) {
            return (value, out) -> out.writeLong(((Instant) value).toEpochMilli());
        }
        throw unknown(schema);
    }

    private static Type typeOfArray(Type element) {
        return (value, out) -> {
            List<?> elements = (List<?>) value;
            out.writeArrayStart();
            out.setItemCount(elements.size());
            for (Object each : elements) {
                out.startItem();
                element.write(each, out);
            }
            out.writeArrayEnd();
        };
    }

    private static Type typeOfRecord(Field[] fields) {
        return (value, out) -> write(fields, (IndexedRecord) value, out);
    }

    private static IllegalArgumentException unknown(Schema schema) {
        return new IllegalArgumentException("no schema of ours has the type " + schema);
    }
}
