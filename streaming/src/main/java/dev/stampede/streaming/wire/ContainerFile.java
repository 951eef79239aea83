package dev.stampede.streaming.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The layout of an Avro object container file with one alert, as surveys send it in a message: the positions of its schema
 * and its block, and the codec. Avro's reader parses and retains the schema of every file; this class leaves it as bytes,
 * so that a cached schema is not parsed again. Source: the Avro specification, "Object Container Files".
 */
public final class ContainerFile {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final byte[] SCHEMA_KEY = "avro.schema".getBytes(UTF_8);
    private static final byte[] CODEC_KEY = "avro.codec".getBytes(UTF_8);
    private static final int SYNC_BYTES = 16;

    private final byte[] file;
    private int at = MAGIC.length;
    private int schemaStart;
    private int schemaEnd;
    private BlockCodec codec = BlockCodec.NULL;
    private int blockStart;
    private int blockEnd;

    private ContainerFile(byte[] file) {
        this.file = file;
    }

    /** Whether {@code value} starts with the magic bytes of a container file. */
    public static boolean frames(byte[] value) {
        return Arrays.mismatch(value, MAGIC) == MAGIC.length;
    }

    /** Parses the layout of {@code file}, for which {@link #frames} must be true. */
    public static ContainerFile parse(byte[] file) throws CorruptPacketException {
        ContainerFile parsed = new ContainerFile(file);
        parsed.readHeader();
        parsed.readBlocks();
        return parsed;
    }

    private void readHeader() throws CorruptPacketException {
        for (long entries = readLong(); entries != 0; entries = readLong()) {
            if (entries < 0) {
                readLong(); // the size of the entries in bytes
                entries = -entries;
            }
            for (long entry = 0; entry < entries; entry++) {
                readEntry();
            }
        }
        if (schemaEnd == 0) {
            throw corrupt("the container file has no schema");
        }
    }

    private void readEntry() throws CorruptPacketException {
        int keyEnd = readLength();
        int keyStart = at;
        at = keyEnd;
        int valueEnd = readLength();
        if (Arrays.equals(file, keyStart, keyEnd, SCHEMA_KEY, 0, SCHEMA_KEY.length)) {
            schemaStart = at;
            schemaEnd = valueEnd;
        } else if (Arrays.equals(file, keyStart, keyEnd, CODEC_KEY, 0, CODEC_KEY.length)) {
            codec = BlockCodec.named(new String(file, at, valueEnd - at, UTF_8));
        }
        at = valueEnd;
    }

    /** Finds the block with the alert; some writers add an empty block. */
    private void readBlocks() throws CorruptPacketException {
        int syncStart = at;
        at = checkedEnd(SYNC_BYTES);
        long alerts = 0;
        while (at < file.length) {
            long inBlock = readLong();
            int end = readLength();
            if (inBlock != 0) {
                alerts += inBlock;
                blockStart = at;
                blockEnd = end;
            }
            at = end;
            end = checkedEnd(SYNC_BYTES);
            if (!Arrays.equals(file, syncStart, syncStart + SYNC_BYTES, file, at, end)) {
                throw corrupt("a block of the container file does not end with the sync marker");
            }
            at = end;
        }
        if (alerts != 1) {
            throw corrupt("the container file holds " + alerts + " alerts, not one");
        }
    }

    /** Reads a length and returns the end position, validated. */
    private int readLength() throws CorruptPacketException {
        return checkedEnd(readLong());
    }

    private int checkedEnd(long length) throws CorruptPacketException {
        if (length < 0 || length > file.length - at) {
            throw corrupt("the container file ends early, or a length in it is wrong");
        }
        return at + (int) length;
    }

    /** A variable-length zigzag integer. */
    private long readLong() throws CorruptPacketException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at >= file.length) {
                throw corrupt("the container file ends early");
            }
            byte next = file[at++];
            bits |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw corrupt("a number in the container file has too many bytes");
    }

    private static CorruptPacketException corrupt(String message) {
        return new CorruptPacketException(ErrorClass.CORRUPT_AVRO, message);
    }

    /** A view of the schema in the file. */
    public SchemaBytes schema() {
        return new SchemaBytes(file, schemaStart, schemaEnd);
    }

    public BlockCodec codec() {
        return codec;
    }

    public int blockStart() {
        return blockStart;
    }

    public int blockEnd() {
        return blockEnd;
    }
}
