package dev.stampede.stamps.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The first part of a {@code .npy} file, as numpy's format description has it: magic, version, length, and a Python
 * dictionary of element type, order and shape.
 *
 * @param fortranOrder whether the first index, not the last, runs fastest
 * @param shape lengths of the axes, none below 0; empty for a single number
 * @param dataOffset where the elements begin, bytes
 */
record NpyHeader(ElementType type, ByteOrder byteOrder, boolean fortranOrder, List<Long> shape, long dataOffset) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Plain arrays need about a hundred bytes; only a type of many fields needs more than version 1 could hold. */
    private static final int MAX_LENGTH = 65_535;
    /** Two bytes of version follow the magic. */
    private static final int LENGTH_AT = MAGIC.length + 2;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    static NpyHeader read(FileChannel channel, Path file) throws IOException {
        ByteBuffer start = read(channel, file, 0, LENGTH_AT + 2);
        if (start.get(0) == 'P' && start.get(1) == 'K') {
            throw new NpyFormatException(file, "is an .npz archive; save one array with numpy.save");
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.get(i) != MAGIC[i]) {
                throw new NpyFormatException(
                        file, "does not begin as a .npy file; write it with numpy.save of a float array");
            }
        }
        int version = start.get(MAGIC.length);
        long length = switch (version) {
            case 1 -> Short.toUnsignedInt(start.getShort(LENGTH_AT));
            case 2, 3 ->
                Integer.toUnsignedLong(read(channel, file, LENGTH_AT, 4).getInt(0));
            default ->
                throw new NpyFormatException(
                        file, "has .npy version " + version + "; versions 1 to 3 are read, write one of these");
        };
        int textAt = LENGTH_AT + (version == 1 ? 2 : 4);
        if (length > MAX_LENGTH) {
            throw new NpyFormatException(
                    file, "claims a header of " + length + " bytes; save a plain float array with numpy.save");
        }
        byte[] text = read(channel, file, textAt, (int) length).array();
        String dictionary = new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return new NpyHeaderParser(file, dictionary).parse(textAt + length);
    }

    private static ByteBuffer read(FileChannel channel, Path file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new NpyFormatException(
                        file, "ends within its header, after " + channel.size() + " bytes; write or copy it again");
            }
        }
        return bytes;
    }

    /** How many rows, that is steps along the first axis; 1 for a single number. */
    long rows() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** The axes of one row. */
    List<Long> rowShape() {
        return shape.isEmpty() ? shape : shape.subList(1, shape.size());
    }

    /** Elements in one row, or a failure where a product of lengths leaves {@code long}. */
    long rowSize() {
        return rowShape().stream().reduce(1L, Math::multiplyExact);
    }
}
