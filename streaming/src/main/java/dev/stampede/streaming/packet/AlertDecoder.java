package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.survey.SchemaMismatchException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns the value of a record into an alert, or into the reason why it is none. Holds native memory and reuses buffers:
 * one instance a thread.
 */
public final class AlertDecoder implements AutoCloseable {
    /** More schemas than a topic carries at a time; a schema that was dropped is parsed again. */
    private static final int MAX_SCHEMAS = 64;

    /** What a compressed block of a container file may unpack to, as a multiple of the largest value. */
    private static final int MAX_UNPACKING = 8;

    private final PacketInput input;
    private final RecordReaders readers;
    private final Map<Long, RecordReader> byFingerprint = new HashMap<>();
    private final Map<SchemaBytes, RecordReader> bySchema = new Recent<>(MAX_SCHEMAS);
    private final Map<Integer, RecordReader> byId = new Recent<>(MAX_SCHEMAS);

    /** A decoder of any framing and any shipped survey; see {@link PacketInput#standard}. */
    public AlertDecoder(List<CoaddKind> channels, int maxValueBytes) {
        this(channels, Optional.empty(), PacketInput.standard(maxValueBytes));
    }

    /**
     * @param channels the coadds the model looks at, in the order of its channels
     * @param grid the pixels that survey's images are resampled to, where they are
     * @param input what is read, and how
     */
    AlertDecoder(List<CoaddKind> channels, Optional<PixelGrid> grid, PacketInput input) {
        this.input = input;
        this.readers = new RecordReaders(channels, grid, input);
        AlertSchemas.byFingerprint()
                .forEach((fingerprint, writer) -> byFingerprint.put(fingerprint, readers.forSchema(writer)));
    }

    /**
     * What {@code value} holds, whatever the bytes are.
     *
     * @throws dev.stampede.streaming.schemasource.SchemasUnavailableException if the schema cannot be had now: the
     *     value must wait
     */
    public Packet decode(byte @Nullable [] value) {
        if (value == null) {
            return new DeadLetter(ErrorClass.NULL_VALUE, "the record has no value");
        }
        if (value.length > input.maxValueBytes()) {
            return new DeadLetter(
                    ErrorClass.VALUE_TOO_LARGE,
                    "the value has " + value.length + " bytes, more than the " + input.maxValueBytes()
                            + " that are accepted");
        }
        Optional<InputFormat> framing = input.format().framing(value);
        if (framing.isEmpty()) {
            return new DeadLetter(ErrorClass.UNKNOWN_FRAMING, "the value does not start as " + expected());
        }
        Packet packet = decode(framing.get(), value);
        if (packet instanceof Alert alert && !alert.isTerse()) {
            return new DeadLetter(
                    ErrorClass.CORRUPT_AVRO,
                    "a text has more than " + Alert.MAX_TEXT + " characters, such as the alert's id");
        }
        return packet;
    }

    private Packet decode(InputFormat framing, byte[] value) {
        return switch (framing) {
            case OCF -> decodeContainer(value);
            case CONFLUENT -> decodeNumbered(value);
            default -> decodeSingleObject(value);
        };
    }

    private String expected() {
        return input.format() == InputFormat.AUTO
                ? "any framing that is known"
                : input.format().word() + " does";
    }

    private Packet decodeContainer(byte[] value) {
        try {
            ContainerFile file = ContainerFile.parse(value);
            RecordReader reader = readerFor(file.schema());
            if (file.codec() == BlockCodec.NULL) {
                return reader.read(value, file.blockStart(), file.blockEnd());
            }
            int maxBytes = (int) Math.min(Integer.MAX_VALUE - 8, (long) MAX_UNPACKING * input.maxValueBytes());
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

    private Packet decodeNumbered(byte[] value) {
        int id = ByteBuffer.wrap(value).getInt(1);
        RecordReader reader = byId.get(id);
        if (reader == null) {
            Optional<RecordReader> found = readerFor(id);
            if (found.isEmpty()) {
                return new DeadLetter(ErrorClass.UNKNOWN_SCHEMA, "there is no schema of the number " + id);
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
                    RecordReaders.refusing(ErrorClass.SCHEMA_MISMATCH, "schema " + id + ": " + e.getMessage()));
        }
    }

    private Packet decodeSingleObject(byte[] value) {
        long fingerprint = SingleObject.fingerprint(value);
        RecordReader reader = byFingerprint.get(fingerprint);
        return reader == null
                ? new DeadLetter(
                        ErrorClass.UNKNOWN_SCHEMA,
                        "no StampAlert schema has the fingerprint " + Long.toHexString(fingerprint))
                : reader.read(value, SingleObject.HEADER_BYTES, value.length);
    }

    @Override
    public void close() {
        readers.close();
    }
}
