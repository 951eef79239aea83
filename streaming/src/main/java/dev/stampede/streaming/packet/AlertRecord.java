package dev.stampede.streaming.packet;

import org.jspecify.annotations.Nullable;

/** The value of a Kafka record, with what may tell its schema. The arrays are not copied. */
public final class AlertRecord {
    /** The header that names the schema of a value since Confluent Platform 8. */
    public static final String SCHEMA_ID_HEADER = "__value_schema_id";

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final byte @Nullable [] schemaId;

    /** @param schemaId the value of the header {@value #SCHEMA_ID_HEADER} */
    public AlertRecord(byte @Nullable [] key, byte @Nullable [] value, byte @Nullable [] schemaId) {
        this.key = key;
        this.value = value;
        this.schemaId = schemaId;
    }

    /** A value that needs no key or header. */
    public static AlertRecord of(byte @Nullable [] value) {
        return new AlertRecord(null, value, null);
    }

    byte @Nullable [] key() {
        return key;
    }

    public byte @Nullable [] value() {
        return value;
    }

    byte @Nullable [] schemaId() {
        return schemaId;
    }
}
