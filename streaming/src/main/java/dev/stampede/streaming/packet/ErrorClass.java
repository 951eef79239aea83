package dev.stampede.streaming.packet;

/** Why a value is a dead letter; a closed list, so that it can label a metric. */
public enum ErrorClass {
    /** The value starts like no framing that is known. */
    UNKNOWN_FRAMING,
    /** The framing names a schema that is not known. */
    UNKNOWN_SCHEMA,
    /** The value is not what its schema says, or its fields contradict each other. */
    CORRUPT_AVRO,
    /** The alert brings no coadd at all. */
    MISSING_CUTOUT,
    /** The record has no value. */
    NULL_VALUE,
    /** The value is larger than the stream accepts. */
    VALUE_TOO_LARGE
}
