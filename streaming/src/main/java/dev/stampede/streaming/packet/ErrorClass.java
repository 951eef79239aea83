package dev.stampede.streaming.packet;

/** Why a value is a dead letter; a closed list, so that it can label a metric. */
public enum ErrorClass {
    /** The value starts like no framing that is known. */
    UNKNOWN_FRAMING,
    /** The framing names a schema that is not known. */
    UNKNOWN_SCHEMA,
    /** The schema is that of no survey that is known. */
    UNKNOWN_SURVEY,
    /** The schema lacks a field that its survey's description names, has it in another type, or cannot be used. */
    SCHEMA_MISMATCH,
    /** The value is not what its schema says, or its fields contradict each other. */
    CORRUPT_AVRO,
    /** The alert has no id, time or position. */
    MISSING_FIELD,
    /** The alert brings no coadd, or not the cutout that is judged. */
    MISSING_CUTOUT,
    /** The cutout is no FITS image that can be read, or one beyond the bounds. */
    BAD_FITS,
    /** The record has no value. */
    NULL_VALUE,
    /** The value is larger than the stream accepts. */
    VALUE_TOO_LARGE
}
