package dev.stampede.streaming.publish;

import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.wire.AvroJson;
import dev.stampede.streaming.wire.ContainerWriter;
import dev.stampede.streaming.wire.GeneratedClasses;
import dev.stampede.streaming.wire.PixelArrays;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.streaming.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificRecord;

/** Encodes the records of one topic in one format. Thread-safe. */
public final class RecordEncoder<T extends SpecificRecord> {
    private final RecordFormat format;
    private final Function<T, byte[]> encoding;

    private RecordEncoder(RecordFormat format, Function<T, byte[]> encoding) {
        this.format = format;
        this.encoding = encoding;
    }

    /**
     * An encoder of records of {@code type}.
     *
     * @param format any but Confluent's, which needs a registry
     * @param arrays how JSON has arrays of pixels
     */
    public static <T extends SpecificRecord> RecordEncoder<T> of(
            RecordFormat format, Class<T> type, PixelArrays arrays) {
        return switch (format) {
            case OCF -> container(type);
            case JSON -> new RecordEncoder<>(format, datum -> AvroJson.write(datum, arrays));
            case SINGLE_OBJECT -> new RecordEncoder<>(format, SingleObject::write);
            case CONFLUENT -> throw new IllegalArgumentException("Confluent's wire format needs a schema id");
        };
    }

    /** For a topic to which nothing is written. */
    public static <T extends SpecificRecord> RecordEncoder<T> unused(RecordFormat format, String topic) {
        return new RecordEncoder<>(format, datum -> {
            throw new IllegalStateException("nothing is written to " + topic);
        });
    }

    /** The schema without its documentation is in every value. */
    private static <T extends SpecificRecord> RecordEncoder<T> container(Class<T> type) {
        GeneratedClasses classes = new GeneratedClasses();
        Schema schema = classes.getSchema(type);
        RawMessageEncoder<T> binary = new RawMessageEncoder<>(classes, schema, false); // the file is the copy
        ContainerWriter writer = ContainerWriter.of(PublishedSchema.withoutDocumentation(schema));
        return new RecordEncoder<>(RecordFormat.OCF, datum -> {
            try {
                return writer.file(binary.encode(datum));
            } catch (IOException e) {
                throw inMemory(e);
            }
        });
    }

    /**
     * An encoder in Confluent's wire format, for which the schema of {@code type} is registered.
     *
     * @throws dev.stampede.streaming.registry.SchemaRegistrationException if the registry refuses it
     */
    public static <T extends SpecificRecord> RecordEncoder<T> confluent(
            Class<T> type, String topic, SubjectStrategy subjects, SchemaRegistry registry) {
        GeneratedClasses classes = new GeneratedClasses();
        Schema schema = classes.getSchema(type);
        int id = registry.register(subjects.subject(topic, schema), PublishedSchema.of(schema));
        RawMessageEncoder<T> binary = new RawMessageEncoder<>(classes, schema);
        byte[] header = ByteBuffer.allocate(RecordFormat.CONFLUENT_HEADER_BYTES)
                .putInt(1, id)
                .array();
        return new RecordEncoder<>(RecordFormat.CONFLUENT, datum -> {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            value.writeBytes(header);
            try {
                binary.encode(datum, value);
            } catch (IOException e) {
                throw inMemory(e);
            }
            return value.toByteArray();
        });
    }

    private static UncheckedIOException inMemory(IOException failure) {
        return new UncheckedIOException("cannot encode an Avro record in memory", failure);
    }

    public RecordFormat format() {
        return format;
    }

    /** The value of the Kafka record for {@code datum}. */
    public byte[] encode(T datum) {
        return encoding.apply(datum);
    }
}
