package dev.stampede.stamps.fits;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952, one member) into memory of its own, up to a bound. The JDK's stream takes a fresh
 * decompressor each time, which costs more than the work itself. One instance a thread.
 */
final class Gunzip implements AutoCloseable {
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int FIRST_BYTES = 64 << 10;

    private final int maxBytes;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private byte[] output;
    private int count;

    Gunzip(int maxBytes) {
        this.maxBytes = maxBytes;
        this.output = new byte[Math.min(FIRST_BYTES, maxBytes)];
    }

    static boolean frames(byte[] bytes, int length) {
        return length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    /** Decompresses the first {@code length} bytes of {@code bytes} and answers how many bytes came out. */
    int decompress(byte[] bytes, int length) {
        int start = deflateStart(bytes, length);
        inflater.reset();
        inflater.setInput(bytes, start, length - start);
        count = 0;
        try {
            while (!inflater.finished()) {
                inflateMore();
            }
        } catch (DataFormatException e) {
            throw new FitsFormatException("the gzip data is corrupt: " + e.getMessage(), e);
        }
        checkTrailer(bytes, length - inflater.getRemaining(), length);
        return count;
    }

    private void inflateMore() throws DataFormatException {
        if (count == output.length) {
            if (count == maxBytes) {
                throw new FitsFormatException("the cutout decompresses to more than " + maxBytes + " bytes");
            }
            output = Arrays.copyOf(output, (int) Math.min(2L * count, maxBytes));
        }
        int inflated = inflater.inflate(output, count, output.length - count);
        if (inflated == 0 && !inflater.finished()) {
            throw new FitsFormatException("the gzip data ends early");
        }
        count += inflated;
    }

    private static int deflateStart(byte[] bytes, int length) {
        if (length < HEADER_BYTES + TRAILER_BYTES || bytes[2] != DEFLATE) {
            throw new FitsFormatException("the gzip header is cut short or names another method");
        }
        int flags = bytes[3];
        int at = HEADER_BYTES;
        if ((flags & EXTRA) != 0) {
            at += 2 + (bytes[at] & 0xff) + ((bytes[at + 1] & 0xff) << 8);
        }
        if ((flags & NAME) != 0) {
            at = afterText(bytes, at, length);
        }
        if ((flags & COMMENT) != 0) {
            at = afterText(bytes, at, length);
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            at += 2;
        }
        if (at > length - TRAILER_BYTES) {
            throw new FitsFormatException("the gzip header is cut short");
        }
        return at;
    }

    private static int afterText(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private void checkTrailer(byte[] bytes, int from, int length) {
        if (length - from < TRAILER_BYTES) {
            throw new FitsFormatException("the gzip data ends before its checksum");
        }
        checksum.reset();
        checksum.update(output, 0, count);
        if ((int) checksum.getValue() != littleEndian(bytes, from) || count != littleEndian(bytes, from + 4)) {
            throw new FitsFormatException("the gzip data does not have its checksum or its length");
        }
    }

    private static int littleEndian(byte[] bytes, int from) {
        return (bytes[from] & 0xff)
                | ((bytes[from + 1] & 0xff) << 8)
                | ((bytes[from + 2] & 0xff) << 16)
                | ((bytes[from + 3] & 0xff) << 24);
    }

    /** What was decompressed last, from 0 on; the next call overwrites it. */
    byte[] output() {
        return output;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
