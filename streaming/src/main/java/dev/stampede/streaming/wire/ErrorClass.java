package dev.stampede.streaming.wire;

/** The cause of a dead letter; also a label of metrics. */
public enum ErrorClass {
    /** The first bytes match no known framing. */
    UNKNOWN_FRAMING,
    /** The schema id or fingerprint is unknown. */
    UNKNOWN_SCHEMA,
    /** The schema matches no known survey. */
    UNKNOWN_SURVEY,
    /** The schema lacks a required field, has it with another type, or is invalid. */
    SCHEMA_MISMATCH,
    /** The value does not match its schema, or its fields are inconsistent. */
    CORRUPT_AVRO,
    /** The alert has no id, or lacks a time or position that its format requires. */
    MISSING_FIELD,
    /** The time or position of the alert is outside its range or not a number, or a text is too long. */
    INVALID_FIELD,
    /** The cutout is not a valid FITS image, or exceeds the size limits. */
    BAD_FITS,
    /** The record has no value. */
    NULL_VALUE,
    /** The value exceeds the maximum size. */
    VALUE_TOO_LARGE
}
