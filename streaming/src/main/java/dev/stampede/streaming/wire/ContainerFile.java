package dev.stampede.streaming.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The layout of an Avro object container file, as surveys send it in a message, with one alert or several: its schema, its
 * codec and the positions of its blocks. Avro's reader parses and retains the schema of every file; this class leaves it as
 * bytes, so that a cached schema is not parsed again. Source: the Avro specification, "Object Container Files".
 */
public final class ContainerFile {
    static final byte[] MAGIC = {'O', 'b', 'j', 1};
    static final byte[] SCHEMA_KEY = "avro.schema".getBytes(UTF_8);
    static final byte[] CODEC_KEY = "avro.codec".getBytes(UTF_8);
    private static final int SYNC_BYTES = 16;

    private final byte[] file;
    private int at = MAGIC.length;
    private int schemaStart;
    private int schemaEnd;
    private BlockCodec codec = BlockCodec.NULL;
    private int syncStart;
    private long alerts;
    private final List<Block> blocks = new ArrayList<>();

    /** The alerts between two positions of the file, compressed. */
    private record Block(long alerts, int start, int end) {}

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

    /** Finds the blocks; some writers add an empty one. */
    private void readBlocks() throws CorruptPacketException {
        syncStart = at;
        at = checkedEnd(SYNC_BYTES);
        while (at < file.length) {
            long inBlock = readLong();
            int end = readLength();
            if (inBlock < 0) {
                throw corrupt("a block of the container file has " + inBlock + " alerts");
            }
            if (inBlock > 0) {
                alerts = Math.min(Long.MAX_VALUE - inBlock, alerts) + inBlock;
                blocks.add(new Block(inBlock, at, end));
            }
            at = end;
            end = checkedEnd(SYNC_BYTES);
            if (!Arrays.equals(file, syncStart, syncStart + SYNC_BYTES, file, at, end)) {
                throw corrupt("a block of the container file does not end with the sync marker");
            }
            at = end;
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

    /** The number of alerts in all blocks, as the file states it. */
    public long alerts() {
        return alerts;
    }

    /**
     * The only alert.
     *
     * @param maxBytes the maximum size of the decompressed block
     * @throws CorruptPacketException if the file does not hold one alert, or its block cannot be decompressed
     */
    public ByteBuffer alert(int maxBytes) throws CorruptPacketException {
        if (alerts != 1) {
            throw corrupt("the container file holds " + alerts + " alerts, not one");
        }
        return unpacked(blocks.get(0), maxBytes);
    }

    /**
     * All alerts, in order.
     *
     * @param writer the schema of the file
     * @param maxBytes the maximum size of all decompressed blocks together
     * @throws CorruptPacketException if a block cannot be decompressed, or does not hold the alerts that it should
     */
    public List<ByteBuffer> alerts(Schema writer, int maxBytes) throws CorruptPacketException {
        List<ByteBuffer> found = new ArrayList<>();
        int left = maxBytes;
        for (Block block : blocks) {
            ByteBuffer content = unpacked(block, left);
            left -= content.remaining();
            split(content, block.alerts(), writer, found);
        }
        return found;
    }

    private ByteBuffer unpacked(Block block, int maxBytes) throws CorruptPacketException {
        return codec == BlockCodec.NULL
                ? ByteBuffer.wrap(file, block.start(), block.end() - block.start())
                : ByteBuffer.wrap(codec.unpackBounded(file, block.start(), block.end(), maxBytes));
    }

    private static void split(ByteBuffer content, long count, Schema writer, List<ByteBuffer> found)
            throws CorruptPacketException {
        int start = content.arrayOffset() + content.position();
        int end = start + content.remaining();
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(content.array(), start, end - start, null);
        try {
            for (long alert = 0; alert < count; alert++) {
                GenericDatumReader.skip(writer, decoder);
                int next = end - decoder.inputStream().available();
                if (next == start) {
                    throw corrupt("a block of the container file has alerts without content");
                }
                found.add(ByteBuffer.wrap(content.array(), start, next - start));
                start = next;
            }
        } catch (IOException | RuntimeException e) { // Avro throws many kinds on corrupt bytes
            throw corrupt("a block of the container file does not hold " + count + " alerts: " + e);
        }
        if (start != end) {
            throw corrupt("there are extra bytes after the last alert of a block");
        }
    }

    /** A container file with the same schema that holds only {@code alert}, not compressed. */
    public byte[] alone(ByteBuffer alert) {
        return new ContainerWriter(
                        Arrays.copyOfRange(file, schemaStart, schemaEnd),
                        Arrays.copyOfRange(file, syncStart, syncStart + SYNC_BYTES))
                .file(alert);
    }
}
