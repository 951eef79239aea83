package dev.stampede.stamps.file;

/** How gzip data begin. Source: RFC 1952, section 2.3.1. */
public final class Gzip {
    private static final byte ID1 = 0x1f;
    private static final byte ID2 = (byte) 0x8b;

    /** The number of bytes that {@link #begins} looks at. */
    public static final int MAGIC_BYTES = 2;

    private Gzip() {}

    /** Whether the first {@code length} of {@code bytes} begin as gzip data. */
    public static boolean begins(byte[] bytes, int length) {
        return length >= MAGIC_BYTES && bytes[0] == ID1 && bytes[1] == ID2;
    }
}
