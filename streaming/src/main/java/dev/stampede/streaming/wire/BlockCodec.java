package dev.stampede.streaming.wire;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/** The compression of the blocks of a container file, with a limit on the decompressed size. */
public enum BlockCodec {
    NULL {
        @Override
        byte[] unpack(byte[] file, int start, int end, int maxBytes) {
            return Arrays.copyOfRange(file, start, end);
        }
    },
    DEFLATE {
        @Override
        byte[] unpack(byte[] file, int start, int end, int maxBytes) throws IOException {
            Inflater inflater = new Inflater(true);
            try (InputStream stream =
                    new InflaterInputStream(new ByteArrayInputStream(file, start, end - start), inflater)) {
                return stream.readNBytes(maxBytes + 1);
            } finally {
                inflater.end();
            }
        }
    },
    SNAPPY {
        @Override
        byte[] unpack(byte[] file, int start, int end, int maxBytes) throws IOException {
            int checksumAt = end - Integer.BYTES; // CRC-32 of the decompressed bytes, which Avro appends
            if (checksumAt < start) {
                throw new IOException("a snappy block without its checksum");
            }
            if (Snappy.uncompressedLength(file, start, checksumAt - start) > maxBytes) {
                return new byte[maxBytes + 1];
            }
            byte[] unpacked = new byte[Snappy.uncompressedLength(file, start, checksumAt - start)];
            Snappy.uncompress(file, start, checksumAt - start, unpacked, 0);
            CRC32 checksum = new CRC32();
            checksum.update(unpacked);
            if ((int) checksum.getValue() != ByteBuffer.wrap(file).getInt(checksumAt)) {
                throw new IOException("a snappy block does not have its checksum");
            }
            return unpacked;
        }
    },
    ZSTANDARD {
        @Override
        byte[] unpack(byte[] file, int start, int end, int maxBytes) throws IOException {
            try (InputStream stream =
                    new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(file, start, end - start))) {
                return stream.readNBytes(maxBytes + 1);
            }
        }
    };

    /** The codec with the name in a file header. */
    static BlockCodec named(String name) throws CorruptPacketException {
        return switch (name) {
            case "null" -> NULL;
            case "deflate" -> DEFLATE;
            case "snappy" -> SNAPPY;
            case "zstandard" -> ZSTANDARD;
            default ->
                throw new CorruptPacketException(
                        ErrorClass.UNKNOWN_FRAMING,
                        "unknown codec of the container file: " + (name.length() > 40 ? name.substring(0, 40) : name)
                                + "; supported are null, deflate, snappy and zstandard");
        };
    }

    /** The decompressed block; cut to {@code maxBytes + 1} bytes if it is larger. */
    abstract byte[] unpack(byte[] file, int start, int end, int maxBytes) throws IOException;

    /** The decompressed block in {@code file}, up to {@code maxBytes}. */
    public byte[] unpackBounded(byte[] file, int start, int end, int maxBytes) throws CorruptPacketException {
        byte[] unpacked;
        try {
            unpacked = unpack(file, start, end, maxBytes);
        } catch (IOException e) {
            throw new CorruptPacketException(
                    ErrorClass.CORRUPT_AVRO, "the block cannot be decompressed: " + e.getMessage());
        }
        if (unpacked.length > maxBytes) {
            throw new CorruptPacketException(
                    ErrorClass.VALUE_TOO_LARGE, "the block decompresses to more than " + maxBytes + " bytes");
        }
        return unpacked;
    }
}
