package dev.stampede.stamps.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The compound type of the rows of a table in its encoding, so that members of any type can be copied without being
 * understood. HDF5 File Format Specification 3.0, IV.A.2.d.
 */
public final class CompoundType {
    private static final int HEADER_BYTES = 8;
    private static final int CLASS_COMPOUND = 6;
    private static final int MAX_VERSION = 2;
    private static final int OBJECT_HEADER_PREFIX = 16;
    private static final int MESSAGE_HEADER = 8;
    private static final int MESSAGE_DATATYPE = 3;
    private static final int MESSAGE_CONTINUATION = 16;
    private static final int FLAG_SHARED = 2;
    private static final int MAX_BLOCK = 1 << 24;
    private static final int MAX_BLOCKS = 1 << 10;
    /** Of the encoding: a message has a length of 16 bits, and a multiple of 8 bytes. */
    private static final int MAX_BYTES = 65_528;

    private static final int PADDING = 8;

    /** Of a member in version 1, which has arrays in no other way. */
    private static final int DIMENSIONS = 28;

    /** Little-endian. */
    private final ByteBuffer bytes;

    private CompoundType(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The type, or the dataset, has a form that is not copied; the message continues the sentence "FILE". */
    public static final class UnknownTypeException extends IOException {
        private static final long serialVersionUID = 1;

        UnknownTypeException(String problem) {
            super(problem);
        }
    }

    /** A member to append; a text of fixed length padded with zeros, or a little-endian float. */
    public record Member(String name, int size, boolean isText) {
        private byte[] type() {
            return isText ? textType(size) : floatType();
        }
    }

    /** Texts of {@code size} bytes, padded with zeros. */
    static byte[] textType(int size) {
        ByteBuffer type = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return type.put((byte) 0x13)
                .put((byte) 1)
                .putShort((short) 0)
                .putInt(size)
                .array();
    }

    /** IEEE 754: sign at bit 31, exponent of 8 bits from 23 on, mantissa of 23 bits from 0 on, bias 127. */
    private static byte[] floatType() {
        ByteBuffer type = ByteBuffer.allocate(HEADER_BYTES + 12).order(ByteOrder.LITTLE_ENDIAN);
        type.put(new byte[] {0x11, 0x20, 31, 0}).putInt(Float.BYTES);
        type.putShort((short) 0).putShort((short) 32);
        return type.put(new byte[] {23, 8, 0, 23}).putInt(127).array();
    }

    /**
     * Reads the type in the object header of a dataset.
     *
     * @param address of the object header in the file
     * @throws UnknownTypeException if the dataset has another form than h5py gives it by default
     * @throws IOException if the file cannot be read, or the object header is damaged
     */
    public static CompoundType read(FileChannel file, long address) throws IOException {
        ByteBuffer prefix = block(file, address, OBJECT_HEADER_PREFIX);
        if (prefix.get(0) != 1) {
            throw new UnknownTypeException("has object headers of version 2");
        }
        List<ByteBuffer> blocks = new ArrayList<>();
        blocks.add(block(file, address + OBJECT_HEADER_PREFIX, Integer.toUnsignedLong(prefix.getInt(8))));
        ByteBuffer type = null;
        for (int i = 0; i < blocks.size(); i++) {
            ByteBuffer messages = blocks.get(i);
            while (messages.remaining() >= MESSAGE_HEADER) {
                int kind = messages.getShort();
                int size = Short.toUnsignedInt(messages.getShort());
                int flags = messages.getInt();
                ByteBuffer content = messages.slice(messages.position(), size).order(ByteOrder.LITTLE_ENDIAN);
                messages.position(messages.position() + size);
                if (kind == MESSAGE_DATATYPE && (flags & FLAG_SHARED) == 0) {
                    type = content;
                } else if (kind == MESSAGE_CONTINUATION) {
                    requireFewer(blocks);
                    blocks.add(block(file, content.getLong(), content.getLong()));
                }
            }
        }
        if (type == null || (type.get(0) & 15) != CLASS_COMPOUND) {
            throw new UnknownTypeException("has rows of a shared type");
        }
        type.limit(end(type, 0)); // the message is padded
        return new CompoundType(type);
    }

    /** A damaged block may continue with itself. */
    private static void requireFewer(List<ByteBuffer> blocks) throws IOException {
        if (blocks.size() == MAX_BLOCKS) {
            throw new IOException("an object header has more than " + MAX_BLOCKS + " blocks");
        }
    }

    /** The position after the encoding of the type at {@code start}. */
    private static int end(ByteBuffer type, int start) throws IOException {
        int version = type.get(start) >> 4;
        int members = Short.toUnsignedInt(type.getShort(start + 1));
        int at = start + HEADER_BYTES;
        switch (type.get(start) & 15) {
            case 0, 4 -> at += 4; // integers, bit fields
            case 1 -> at += 12; // floats
            case 3 -> at += 0; // texts
            case CLASS_COMPOUND -> {
                for (int member = 0; member < members; member++) {
                    at = end(type, nameEnd(type, at) + Integer.BYTES + (version == 1 ? DIMENSIONS : 0));
                }
            }
            case 8 -> { // enumerations: names, then values
                int size = type.getInt(at + 4);
                at = end(type, at);
                for (int member = 0; member < members; member++) {
                    at = nameEnd(type, at);
                }
                at += members * size;
            }
            case 10 -> at = end(type, at + 4 + 8 * type.get(at)); // arrays: lengths and permutation of the axes
            default ->
                throw new UnknownTypeException("has cells of variable length or other types that are not copied");
        }
        if (version > MAX_VERSION) {
            throw new UnknownTypeException("has types of version " + version);
        }
        return at;
    }

    /** Names end with a zero and are padded with zeros to a multiple of 8 bytes. */
    private static int nameEnd(ByteBuffer type, int start) {
        int at = start;
        while (type.get(at) != 0) {
            at++;
        }
        return start + (at - start) / PADDING * PADDING + PADDING;
    }

    private static ByteBuffer block(FileChannel file, long at, long length) throws IOException {
        if (length < 0 || length > MAX_BLOCK) {
            throw new IOException("a block of an object header has " + Long.toUnsignedString(length)
                    + " bytes, but the maximum is " + MAX_BLOCK);
        }
        ByteBuffer block = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (block.hasRemaining()) {
            if (file.read(block, at + block.position()) < 0) {
                throw new IOException("it is truncated");
            }
        }
        return block.flip();
    }

    /** Bytes of a row. */
    public int rowBytes() {
        return bytes.getInt(4);
    }

    /**
     * The type with {@code members} after those that it has.
     *
     * @throws UnknownTypeException if the file cannot describe so many
     */
    public CompoundType with(List<Member> members) throws UnknownTypeException {
        int version = bytes.get(0) >> 4;
        int offset = rowBytes();
        ByteBuffer all =
                ByteBuffer.allocate(bytes.limit() + members.size() * 256).order(ByteOrder.LITTLE_ENDIAN);
        all.put(bytes.duplicate().rewind());
        for (Member member : members) {
            byte[] name = member.name().getBytes(UTF_8);
            all.put(name).put(new byte[PADDING - name.length % PADDING]).putInt(offset); // ends with a zero
            if (version == 1) {
                all.put(new byte[DIMENSIONS]); // none
            }
            all.put(member.type());
            offset += member.size();
        }
        all.putShort(1, (short) (Short.toUnsignedInt(bytes.getShort(1)) + members.size()));
        all.putInt(4, offset);
        if (all.position() > MAX_BYTES) {
            throw new UnknownTypeException("has too many columns to add others: HDF5 describes them in up to "
                    + MAX_BYTES + " bytes, and more would take " + all.position());
        }
        return new CompoundType(all.flip());
    }

    /** The encoding. */
    byte[] encoded() {
        byte[] encoded = new byte[bytes.limit()];
        bytes.duplicate().rewind().get(encoded);
        return encoded;
    }
}
