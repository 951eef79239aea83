package dev.stampede.streaming.packet;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.LruCache;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.streaming.wire.SchemaBytes;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the value of a Kafka record to an alert, a dead letter, or several of them. A container file of several alerts is
 * decoded as a whole: if its structure or its Avro is damaged, the record is one dead letter, and none of its alerts is
 * classified. Reuses buffers: one instance per thread.
 */
public final class AlertDecoder {
    /** More schemas than a topic contains at a time; an evicted schema is parsed again. */
    private static final int MAX_SCHEMAS = 64;

    /** The maximum decompressed size of a block, as a multiple of the maximum value size. */
    private static final int MAX_DECOMPRESSION = 8;

    /** More alerts than a detector has in a visit. */
    private static final int MAX_ALERTS = 10_000;

    /** The maximum number of pixels in the stamps of a record, 64 MiB: they are kept until the whole poll is scored. */
    static final int MAX_RECORD_PIXELS = 1 << 24;

    /** The first byte of the header with a GUID, and the size of that header. */
    private static final byte GUID_MARKER = 1;

    private static final int GUID_HEADER_BYTES = 1 + 2 * Long.BYTES;

    private final PacketInput input;
    private final RecordReaders readers;
    private final Map<Long, RecordReader> byFingerprint = new HashMap<>();
    private final Map<SchemaBytes, RecordReader> bySchema = new LruCache<>(MAX_SCHEMAS);
    private final Map<SchemaId, RecordReader> byId = new LruCache<>(MAX_SCHEMAS);

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

    /** The same as {@link #decode(AlertRecord)} for a value whose schema does not depend on its record. */
    public Decoded decode(byte @Nullable [] value) {
        return decode(AlertRecord.of(value));
    }

    /**
     * Decodes the value of {@code record}, which may be any bytes.
     *
     * @throws dev.stampede.streaming.registry.SchemasUnavailableException if the source of schemas does not respond: the
     *     value must be decoded later
     */
    public Decoded decode(AlertRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return new DeadLetter(ErrorClass.NULL_VALUE, "the record has no value");
        }
        if (value.length > input.maxValueBytes()) {
            return new DeadLetter(
                    ErrorClass.VALUE_TOO_LARGE,
                    "the value has " + value.length + " bytes, more than the maximum of " + input.maxValueBytes());
        }
        byte[] header = record.schemaId();
        if (header != null && (input.format() == InputFormat.AUTO || input.format() == InputFormat.CONFLUENT)) {
            return checked(decodeByHeader(header, value));
        }
        Optional<InputFormat> framing = input.format().framing(value);
        if (framing.isEmpty()) {
            return new DeadLetter(ErrorClass.UNKNOWN_FRAMING, "the first bytes do not match " + expected());
        }
        return checked(decode(framing.get(), value, record.key()));
    }

    private static Decoded checked(Decoded decoded) {
        return decoded instanceof Alert alert
                ? FieldRanges.fault(alert)
                        .<Decoded>map(fault -> DeadLetter.of(ErrorClass.INVALID_FIELD, fault))
                        .orElse(alert)
                : decoded;
    }

    private Decoded decode(InputFormat framing, byte[] value, byte @Nullable [] key) {
        return switch (framing) {
            case OCF -> decodeContainer(value);
            case CONFLUENT -> decodeConfluent(value, key);
            case SCHEMA_IN_KEY -> decodeByKey(value, key);
            default -> decodeSingleObject(value);
        };
    }

    private String expected() {
        return input.format() == InputFormat.AUTO
                ? "any known framing"
                : "the framing " + input.format().word();
    }

    private Decoded decodeContainer(byte[] value) {
        int maxBytes = (int) Math.min(Integer.MAX_VALUE - 8, (long) MAX_DECOMPRESSION * input.maxValueBytes());
        try {
            ContainerFile file = ContainerFile.parse(value);
            RecordReader reader = readerFor(file.schema());
            if (file.alerts() <= 1 || reader.writer().isEmpty()) {
                return read(reader, file.alerts() <= 1 ? file.alert(maxBytes) : ByteBuffer.allocate(0));
            }
            if (file.alerts() > MAX_ALERTS) {
                return new DeadLetter(
                        ErrorClass.VALUE_TOO_LARGE,
                        "the container file holds " + file.alerts() + " alerts, more than " + MAX_ALERTS
                                + "; send them in several records");
            }
            List<ByteBuffer> alerts = file.alerts(reader.writer().get(), maxBytes);
            return decodeSeveral(file, reader, alerts, value.length, maxBytes);
        } catch (CorruptPacketException e) {
            return DeadLetter.of(e.error(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * A fault of one alert concerns only that alert, unless its dead letter would be larger than the record: its topic might
     * reject it, which stops the stream.
     */
    private static Decoded decodeSeveral(
            ContainerFile file, RecordReader reader, List<ByteBuffer> alerts, int valueBytes, long maxBytes) {
        List<Decoded> parts = new ArrayList<>(alerts.size());
        long bytes = 0;
        long pixels = 0;
        for (ByteBuffer alert : alerts) {
            Decoded part = checked(read(reader, alert));
            pixels += pixels(part);
            if (pixels > MAX_RECORD_PIXELS) {
                return new DeadLetter(
                        ErrorClass.VALUE_TOO_LARGE,
                        "the stamps of the " + alerts.size() + " alerts have more than " + MAX_RECORD_PIXELS
                                + " pixels; send them in several records");
            }
            if (part instanceof DeadLetter letter) {
                byte[] alone = file.alone(alert);
                if (alone.length > valueBytes) {
                    return DeadLetter.of(
                            letter.error(),
                            "alert " + (parts.size() + 1) + " of " + alerts.size() + ", larger without compression than"
                                    + " the record: " + letter.message());
                }
                bytes += alone.length;
                part = letter.ofPart(alone);
            }
            if (bytes > maxBytes) { // each repeats the schema
                return new DeadLetter(
                        ErrorClass.VALUE_TOO_LARGE,
                        "the dead letters of the " + alerts.size() + " alerts have more than " + maxBytes + " bytes");
            }
            parts.add(part);
        }
        return new DecodedContainer(parts);
    }

    private static long pixels(Decoded part) {
        return part instanceof Alert alert
                ? alert.stamp()
                        .map(stamp -> (long) stamp.planes() * stamp.height() * stamp.width())
                        .orElse(0L)
                : 0;
    }

    private static Decoded read(RecordReader reader, ByteBuffer alert) {
        int start = alert.arrayOffset() + alert.position();
        return reader.read(alert.array(), start, start + alert.remaining());
    }

    private RecordReader readerFor(SchemaBytes schema) {
        RecordReader reader = bySchema.get(schema);
        if (reader == null) {
            reader = readers.forSchema(schema.json());
            bySchema.put(schema.copy(), reader);
        }
        return reader;
    }

    private Decoded decodeByKey(byte[] value, byte @Nullable [] key) {
        return key == null
                ? new DeadLetter(
                        ErrorClass.SCHEMA_MISMATCH, "the record has no key, which should be the schema of its value")
                : readerFor(SchemaBytes.of(key)).read(value, 0, value.length);
    }

    private Decoded decodeByHeader(byte[] header, byte[] value) {
        if (header.length != GUID_HEADER_BYTES || header[0] != GUID_MARKER) {
            return new DeadLetter(
                    ErrorClass.UNKNOWN_FRAMING,
                    "the header " + AlertRecord.SCHEMA_ID_HEADER + " has " + header.length
                            + " bytes; it must be the byte 1 and the 16 bytes of a GUID");
        }
        ByteBuffer guid = ByteBuffer.wrap(header);
        return readById(new SchemaId.Guid(new UUID(guid.getLong(1), guid.getLong(1 + Long.BYTES))), value, 0);
    }

    /** A key with a schema may also accompany a value with a known id. */
    private Decoded decodeConfluent(byte[] value, byte @Nullable [] key) {
        int id = ByteBuffer.wrap(value).getInt(1);
        Decoded decoded = id > 0
                ? readById(new SchemaId.Numbered(id), value, RecordFormat.CONFLUENT_HEADER_BYTES)
                : new DeadLetter(ErrorClass.UNKNOWN_SCHEMA, "ids begin at 1");
        return decoded instanceof DeadLetter letter && letter.error() == ErrorClass.UNKNOWN_SCHEMA
                ? OtherFraming.of(value, key)
                        .<Decoded>map(other -> new DeadLetter(ErrorClass.UNKNOWN_FRAMING, other))
                        .orElse(letter)
                : decoded;
    }

    private Decoded readById(SchemaId id, byte[] value, int start) {
        RecordReader reader = byId.get(id);
        if (reader == null) {
            Optional<RecordReader> found = readerFor(id);
            if (found.isEmpty()) {
                return DeadLetter.of(ErrorClass.UNKNOWN_SCHEMA, input.schemas().whyUnknown(id));
            }
            reader = found.get();
            byId.put(id, reader);
        }
        return reader.read(value, start, value.length);
    }

    private Optional<RecordReader> readerFor(SchemaId id) {
        try {
            Optional<Schema> schema = input.schemas().find(id);
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
