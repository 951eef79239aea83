package dev.stampede.streaming.packet;

import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.SingleObject;
import java.util.Locale;
import java.util.Optional;

/** The framing of record values. */
public enum InputFormat {
    /** Detected from the first bytes. */
    AUTO,
    /** Avro object container file, which includes the schema. */
    OCF,
    /** Confluent wire format: a zero byte, the schema id as four big-endian bytes, Avro binary. */
    CONFLUENT,
    /** Avro single-object encoding: two marker bytes, the schema's fingerprint, Avro binary. */
    SINGLE_OBJECT,
    /** Avro binary alone; the JSON of its schema is the key of the record. */
    SCHEMA_IN_KEY;

    static final int CONFLUENT_HEADER_BYTES = 1 + Integer.BYTES;

    /** The name in settings, such as {@code single-object}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The framing of {@code value}; empty if its first bytes match none, or not this one. */
    Optional<InputFormat> framing(byte[] value) {
        if (this == SCHEMA_IN_KEY) {
            return Optional.of(this); // any bytes
        }
        Optional<InputFormat> found = sniff(value);
        return this == AUTO ? found : found.filter(this::equals);
    }

    private static Optional<InputFormat> sniff(byte[] value) {
        if (ContainerFile.frames(value)) {
            return Optional.of(OCF);
        }
        if (SingleObject.frames(value)) {
            return Optional.of(SINGLE_OBJECT);
        }
        return value.length >= CONFLUENT_HEADER_BYTES && value[0] == 0 ? Optional.of(CONFLUENT) : Optional.empty();
    }
}
