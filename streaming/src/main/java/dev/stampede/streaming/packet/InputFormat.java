package dev.stampede.streaming.packet;

import dev.stampede.streaming.wire.RecordFormat;
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
        return RecordFormat.of(value).flatMap(format -> switch (format) {
            case OCF -> Optional.of(OCF);
            case CONFLUENT -> Optional.of(CONFLUENT);
            case SINGLE_OBJECT -> Optional.of(SINGLE_OBJECT);
            case JSON -> Optional.empty();
        });
    }
}
