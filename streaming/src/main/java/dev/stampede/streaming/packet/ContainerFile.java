package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * An Avro object container file that holds one alert, as surveys put it into one message: where its schema is, how its
 * block is compressed, and where that is. Avro's own reader parses the schema anew for each file and keeps it; here it
 * stays bytes until it is found to be new. Source: the Avro specification, "Object Container Files".
 */
final class ContainerFile {
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

    static boolean frames(byte[] value) {
        return Arrays.mismatch(value, MAGIC) == MAGIC.length;
    }

    /** Finds the parts of {@code file}, which {@link #frames} must hold for. */
    static ContainerFile parse(byte[] file) throws CorruptPacketException {
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

    /** Finds the one block that holds the alert; some writers add an empty one. */
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
                throw corrupt("a block of the container file does not end with the file's mark");
            }
            at = end;
        }
        if (alerts != 1) {
            throw corrupt("the container file holds " + alerts + " alerts, not one");
        }
    }

    /** A length, checked, as the position where what has it ends. */
    private int readLength() throws CorruptPacketException {
        return checkedEnd(readLong());
    }

    private int checkedEnd(long length) throws CorruptPacketException {
        if (length < 0 || length > file.length - at) {
            throw corrupt("the container file ends early, or a length in it is wrong");
        }
        return at + (int) length;
    }

    /** A variable-length zigzag number. */
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

    /** The schema's bytes, a view of the file. */
    SchemaBytes schema() {
        return new SchemaBytes(file, schemaStart, schemaEnd);
    }

    BlockCodec codec() {
        return codec;
    }

    int blockStart() {
        return blockStart;
    }

    int blockEnd() {
        return blockEnd;
    }
}
