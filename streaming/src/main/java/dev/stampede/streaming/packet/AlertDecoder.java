package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.wire.BlockCodec;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.LruCache;
import dev.stampede.streaming.wire.SchemaBytes;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the value of a Kafka record to an alert or a dead letter. Reuses buffers: one instance
 * per thread.
 */
public final class AlertDecoder {
    /** More schemas than a topic contains at a time; an evicted schema is parsed again. */
    private static final int MAX_SCHEMAS = 64;

    /** The maximum decompressed size of a block, as a multiple of the maximum value size. */
    private static final int MAX_DECOMPRESSION = 8;

    private final PacketInput input;
    private final RecordReaders readers;
    private final Map<Long, RecordReader> byFingerprint = new HashMap<>();
    private final Map<SchemaBytes, RecordReader> bySchema = new LruCache<>(MAX_SCHEMAS);
    private final Map<Integer, RecordReader> byId = new LruCache<>(MAX_SCHEMAS);

    /** A decoder of any framing and any included survey; see {@link PacketInput#standard}. */
    public AlertDecoder(List<Plane> planes, int maxValueBytes) {
        this(planes, PacketInput.NO_MODEL, PacketInput.standard(maxValueBytes));
    }

    /**
     * @param planes the planes of the model, in order
     * @param fit which alerts the model can classify, and how images become its input
     * @param input how packets are decoded
     */
    AlertDecoder(List<Plane> planes, StampFit fit, PacketInput input) {
        this.input = input;
        this.readers = new RecordReaders(planes, fit, input);
        AlertSchemas.byFingerprint()
                .forEach((fingerprint, writer) -> byFingerprint.put(fingerprint, readers.forSchema(writer)));
    }

    /**
     * Decodes {@code value}, which may be any bytes.
     *
     * @throws dev.stampede.streaming.registry.SchemasUnavailableException if the source of schemas does not respond: the
     *     value must be decoded later
     */
    public Decoded decode(byte @Nullable [] value) {
        if (value == null) {
            return new DeadLetter(ErrorClass.NULL_VALUE, "the record has no value");
        }
        if (value.length > input.maxValueBytes()) {
            return new DeadLetter(
                    ErrorClass.VALUE_TOO_LARGE,
                    "the value has " + value.length + " bytes, more than the maximum of " + input.maxValueBytes());
        }
        Optional<InputFormat> framing = input.format().framing(value);
        if (framing.isEmpty()) {
            return new DeadLetter(ErrorClass.UNKNOWN_FRAMING, "the first bytes do not match " + expected());
        }
        Decoded decoded = decode(framing.get(), value);
        return decoded instanceof Alert alert
                ? FieldRanges.fault(alert)
                        .<Decoded>map(fault -> DeadLetter.of(ErrorClass.INVALID_FIELD, fault))
                        .orElse(alert)
                : decoded;
    }

    private Decoded decode(InputFormat framing, byte[] value) {
        return switch (framing) {
            case OCF -> decodeContainer(value);
            case CONFLUENT -> decodeConfluent(value);
            default -> decodeSingleObject(value);
        };
    }

    private String expected() {
        return input.format() == InputFormat.AUTO
                ? "any known framing"
                : "the framing " + input.format().word();
    }

    private Decoded decodeContainer(byte[] value) {
        try {
            ContainerFile file = ContainerFile.parse(value);
            RecordReader reader = readerFor(file.schema());
            if (file.codec() == BlockCodec.NULL) {
                return reader.read(value, file.blockStart(), file.blockEnd());
            }
            int maxBytes = (int) Math.min(Integer.MAX_VALUE - 8, (long) MAX_DECOMPRESSION * input.maxValueBytes());
            byte[] block = file.codec().unpackBounded(value, file.blockStart(), file.blockEnd(), maxBytes);
            return reader.read(block, 0, block.length);
        } catch (CorruptPacketException e) {
            return DeadLetter.of(e.error(), String.valueOf(e.getMessage()));
        }
    }

    private RecordReader readerFor(SchemaBytes schema) {
        RecordReader reader = bySchema.get(schema);
        if (reader == null) {
            reader = readers.forSchema(schema.json());
            bySchema.put(schema.copy(), reader);
        }
        return reader;
    }

    private Decoded decodeConfluent(byte[] value) {
        int id = ByteBuffer.wrap(value).getInt(1);
        RecordReader reader = byId.get(id);
        if (reader == null) {
            Optional<RecordReader> found = readerFor(id);
            if (found.isEmpty()) {
                return new DeadLetter(ErrorClass.UNKNOWN_SCHEMA, "there is no schema with the id " + id);
            }
            reader = found.get();
            byId.put(id, reader);
        }
        return reader.read(value, InputFormat.CONFLUENT_HEADER_BYTES, value.length);
    }

    private Optional<RecordReader> readerFor(int id) {
        try {
            Optional<Schema> schema = input.schemas().byId(id);
            return schema.map(readers::forSchema);
        } catch (SchemaMismatchException e) {
            return Optional.of(
                    RecordReaders.rejecting(ErrorClass.SCHEMA_MISMATCH, "schema " + id + ": " + e.getMessage()));
        }
    }

    private Decoded decodeSingleObject(byte[] value) {
        long fingerprint = SingleObject.fingerprint(value);
        RecordReader reader = byFingerprint.get(fingerprint);
        return reader == null
                ? new DeadLetter(
                        ErrorClass.UNKNOWN_SCHEMA,
                        "no StampAlert schema has the fingerprint " + Long.toHexString(fingerprint))
                : reader.read(value, SingleObject.HEADER_BYTES, value.length);
    }
}
