package dev.stampede.streaming.wire;

import java.util.Locale;
import java.util.Optional;

/** The formats of the records that Stampede writes. A reader recognises each by its first bytes. */
public enum RecordFormat {
    /** Avro object container file of one record: {@code Obj} and the byte 1, the schema, the record. */
    OCF("application/avro;framing=ocf"),
    /** Confluent wire format: a zero byte, the schema id as four big-endian bytes, Avro binary. */
    CONFLUENT("application/avro;framing=confluent"),
    /** One JSON object; see {@link AvroMap}. */
    JSON("application/json"),
    /** Avro single-object encoding: two marker bytes, the schema's fingerprint, Avro binary. */
    SINGLE_OBJECT("application/avro;framing=single-object");

    /** Bytes before the Avro binary of Confluent's wire format. */
    public static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

    private final String contentType;

    RecordFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The name in settings, such as {@code single-object}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value of the record header {@code content-type}. */
    public String contentType() {
        return contentType;
    }

    /** The format of {@code value}; empty if its first bytes match none. */
    public static Optional<RecordFormat> of(byte[] value) {
        if (ContainerFile.frames(value)) {
            return Optional.of(OCF);
        }
        if (SingleObject.frames(value)) {
            return Optional.of(SINGLE_OBJECT);
        }
        if (value.length >= CONFLUENT_HEADER_BYTES && value[0] == 0) {
            return Optional.of(CONFLUENT);
        }
        return value.length > 0 && value[0] == '{' ? Optional.of(JSON) : Optional.empty();
    }
}
