package dev.stampede.streaming.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an Avro object container file of any size block by block, each as a separate container file. What does not follow
 * the format is the last of them, so that its reader can say what is wrong. Not thread-safe.
 */
public final class ContainerStream {
    private static final int MAGIC_BYTES = 4;
    private static final int SYNC_BYTES = 16;

    private final InputStream file;
    private final int maxBytes;
    private byte[] header = {};
    private boolean hasHeader;
    private boolean hasBlock;
    private boolean isOver;

    /** The bytes of a block, or of the header, as they are read. */
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /**
     * @param file positioned at the first byte of the container file
     * @param maxBytes the maximum size of the header and a block together
     */
    public ContainerStream(InputStream file, int maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /** The end of the file, or a length that is wrong. */
    private static final class Damaged extends Exception {
        Damaged() {
            super("damaged", null, false, false);
        }
    }

    /** The next block that is not empty; without any, the header alone. Empty after the last. */
    public Optional<byte[]> next() throws IOException {
        while (!isOver) {
            read.reset();
            try {
                if (!hasHeader) {
                    readHeader();
                }
                int first = file.read();
                if (first < 0) {
                    isOver = true;
                    return hasBlock ? Optional.empty() : Optional.of(header);
                }
                read.writeBytes(header);
                if (readBlock(first)) {
                    hasBlock = true;
                    return Optional.of(read.toByteArray());
                }
            } catch (Damaged e) {
                isOver = true;
                read.writeBytes(file.readNBytes(Math.max(0, maxBytes - read.size()) + 1));
                return Optional.of(read.toByteArray());
            }
        }
        return Optional.empty();
    }

    private void readHeader() throws IOException, Damaged {
        copy(MAGIC_BYTES);
        for (long entries = readLong(); entries != 0; entries = readLong()) {
            if (entries < 0) {
                readLong(); // the size of the entries in bytes
                entries = -entries;
            }
            for (long entry = 0; entry < entries; entry++) {
                copy(readLong());
                copy(readLong());
            }
        }
        copy(SYNC_BYTES);
        header = read.toByteArray();
        hasHeader = true;
        read.reset();
    }

    /** Reads a block from its first byte; returns whether it has alerts. */
    private boolean readBlock(int first) throws IOException, Damaged {
        long alerts = readLong(first);
        copy(readLong());
        int sync = read.size();
        copy(SYNC_BYTES);
        byte[] block = read.toByteArray();
        if (!Arrays.equals(block, sync, block.length, header, header.length - SYNC_BYTES, header.length)) {
            throw new Damaged();
        }
        return alerts != 0;
    }

    private void copy(long length) throws IOException, Damaged {
        if (length < 0 || length > maxBytes - read.size()) {
            throw new Damaged();
        }
        byte[] bytes = file.readNBytes((int) length);
        read.writeBytes(bytes);
        if (bytes.length < length) {
            throw new Damaged();
        }
    }

    /** A variable-length zigzag integer. */
    private long readLong() throws IOException, Damaged {
        return readLong(file.read());
    }

    private long readLong(int first) throws IOException, Damaged {
        long bits = 0;
        int next = first;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (next < 0 || read.size() >= maxBytes) {
                throw new Damaged();
            }
            read.write(next);
            bits |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return (bits >>> 1) ^ -(bits & 1);
            }
            next = file.read();
        }
        throw new Damaged();
    }
}
