package dev.stampede.streaming.wire;

/** How JSON shows the arrays of little-endian float32 of a record, such as the values of an occlusion map. */
public enum PixelArrays {
    /** The bytes as text, base64. */
    BASE64,
    /** Rows of numbers; planes of rows if there are several planes. A value that is not finite is null. */
    LIST,
    /** Left out. */
    NONE
}
