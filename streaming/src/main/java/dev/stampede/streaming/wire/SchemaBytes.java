package dev.stampede.streaming.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** The JSON bytes of a schema as a cache key. */
public final class SchemaBytes {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int hash;

    /** A view of {@code bytes}; {@link #copy} it to retain it. */
    SchemaBytes(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        CRC32C checksum = new CRC32C(); // computed in hardware: one microsecond for 20 KB
        checksum.update(bytes, start, end - start);
        this.hash = (int) checksum.getValue();
    }

    /** A view of all {@code bytes}. */
    public static SchemaBytes of(byte[] bytes) {
        return new SchemaBytes(bytes, 0, bytes.length);
    }

    public SchemaBytes copy() {
        return new SchemaBytes(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    }

    public String json() {
        return new String(bytes, start, end - start, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchemaBytes that && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
