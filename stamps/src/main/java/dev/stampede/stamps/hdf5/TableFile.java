package dev.stampede.stamps.hdf5;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The bytes of an HDF5 file in front of the rows of a table: a root group with the dataset of the rows, and one of texts, both
 * of one dimension. HDF5 File Format Specification 3.0, in the first versions of each part, which h5py writes by default and
 * every version of the library reads.
 */
public final class TableFile {
    private static final long UNDEFINED = -1;
    private static final int LEAF_K = 4;
    private static final int INTERNAL_K = 16;
    private static final int NAME_PADDING = 8;

    /** The parts in the order of the file, bytes. */
    private static final int SUPERBLOCK = 96;

    private static final int ROOT = 40;
    private static final int TREE = 24 + (2 * INTERNAL_K + 1) * 8 + 2 * INTERNAL_K * 8;
    private static final int HEAP = 32;
    private static final int SYMBOL = 40;
    private static final int SYMBOLS = 8 + 2 * LEAF_K * SYMBOL;

    private final String tableName;
    private final CompoundType rowType;
    private final String textsName;
    private final List<String> texts;
    private final int textBytes;

    /**
     * @param tableName in alphabetical order before {@code textsName}
     * @param rowType of a row
     * @param texts none: the file has no such dataset
     */
    public TableFile(String tableName, CompoundType rowType, String textsName, List<String> texts) {
        this.tableName = tableName;
        this.rowType = rowType;
        this.textsName = textsName;
        this.texts = List.copyOf(texts);
        this.textBytes = texts.stream()
                .mapToInt(text -> text.getBytes(UTF_8).length)
                .max()
                .orElse(0);
    }

    /** The bytes in front of the rows; their number does not depend on that of the rows. */
    public byte[] head(long rows) {
        byte[] names = names();
        long heapData = SUPERBLOCK + ROOT + TREE + HEAP;
        long symbols = heapData + names.length;
        long table = symbols + SYMBOLS;
        byte[] tableHeader = dataset(rowType.encoded(), rows, rowType.rowBytes(), 0);
        long textsHeader = table + tableHeader.length;
        byte[] textType = CompoundType.textType(textBytes);
        long textsData = textsHeader + (texts.isEmpty() ? 0 : dataset(textType, 0, 0, 0).length);
        long rowData = textsData + (long) texts.size() * textBytes;

        ByteBuffer head = ByteBuffer.allocate(Math.toIntExact(rowData)).order(ByteOrder.LITTLE_ENDIAN);
        superblock(head, rowData + rows * rowType.rowBytes());
        root(head);
        tree(head, symbols);
        heap(head, heapData, names.length);
        head.put(names);
        symbols(head, table, textsHeader);
        head.put(dataset(rowType.encoded(), rows, rowType.rowBytes(), rowData));
        if (!texts.isEmpty()) {
            head.put(dataset(textType, texts.size(), textBytes, textsData));
            for (String text : texts) {
                byte[] bytes = text.getBytes(UTF_8);
                head.put(bytes).put(new byte[textBytes - bytes.length]);
            }
        }
        return head.array();
    }

    /** The names in the heap, after that of the root, which is empty. */
    private byte[] names() {
        ByteBuffer names = ByteBuffer.allocate(NAME_PADDING + padded(tableName) + padded(textsName));
        names.position(NAME_PADDING);
        names.put(tableName.getBytes(US_ASCII)).position(NAME_PADDING + padded(tableName));
        names.put(textsName.getBytes(US_ASCII));
        return names.array();
    }

    private static int padded(String name) {
        return (name.length() / NAME_PADDING + 1) * NAME_PADDING;
    }

    private static void superblock(ByteBuffer head, long end) {
        head.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
        head.put(new byte[] {0, 0, 0, 0, 0, Long.BYTES, Long.BYTES, 0});
        head.putShort((short) LEAF_K).putShort((short) INTERNAL_K).putInt(0);
        head.putLong(0).putLong(UNDEFINED).putLong(end).putLong(UNDEFINED);
        head.putLong(0).putLong(SUPERBLOCK).putInt(1).putInt(0); // the symbol of the root, with its tree and heap
        head.putLong(SUPERBLOCK + ROOT).putLong(SUPERBLOCK + ROOT + TREE);
    }

    /** The object header of the root group: one message, its tree and heap. */
    private static void root(ByteBuffer head) {
        head.put(objectHeader(List.of(message(
                17,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(SUPERBLOCK + ROOT)
                        .putLong(SUPERBLOCK + ROOT + TREE)
                        .array()))));
    }

    /** One leaf with all symbols, between the empty name and the last. */
    private void tree(ByteBuffer head, long symbols) {
        int end = head.position() + TREE;
        head.put("TREE".getBytes(US_ASCII)).putShort((short) 0).putShort((short) 1);
        head.putLong(UNDEFINED).putLong(UNDEFINED);
        head.putLong(0).putLong(symbols).putLong(NAME_PADDING + (texts.isEmpty() ? 0 : padded(tableName)));
        head.position(end);
    }

    private static void heap(ByteBuffer head, long data, long length) {
        head.put("HEAP".getBytes(US_ASCII)).putInt(0);
        head.putLong(length).putLong(1).putLong(data); // 1: there is no free block
    }

    private void symbols(ByteBuffer head, long table, long textsHeader) {
        int end = head.position() + SYMBOLS;
        head.put("SNOD".getBytes(US_ASCII)).putShort((short) 1).putShort((short) (texts.isEmpty() ? 1 : 2));
        head.putLong(NAME_PADDING).putLong(table).put(new byte[SYMBOL - 16]);
        if (!texts.isEmpty()) {
            head.putLong(NAME_PADDING + padded(tableName)).putLong(textsHeader);
        }
        head.position(end);
    }

    /** The object header of a contiguous dataset. */
    private static byte[] dataset(byte[] type, long rows, int rowBytes, long data) {
        long bytes = rows * rowBytes;
        ByteBuffer space = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        space.put(new byte[] {1, 1, 0, 0, 0, 0, 0, 0}).putLong(rows);
        ByteBuffer layout = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        layout.put((byte) 3)
                .put((byte) 1)
                .putLong(bytes == 0 ? UNDEFINED : data)
                .putLong(bytes);
        return objectHeader(List.of(
                message(1, space.array()),
                message(3, type),
                message(5, new byte[] {2, 2, 2, 0}), // the fill value is not defined
                message(8, layout.array())));
    }

    private static byte[] message(int kind, byte[] content) {
        int size = (content.length + 7) / 8 * 8;
        return ByteBuffer.allocate(8 + size)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) kind)
                .putShort((short) size)
                .putInt(kind == 3 ? 1 : 0) // a type is constant
                .put(content)
                .array();
    }

    private static byte[] objectHeader(List<byte[]> messages) {
        int size = messages.stream().mapToInt(message -> message.length).sum();
        ByteBuffer header = ByteBuffer.allocate(16 + size).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort((short) 1)
                .putShort((short) messages.size())
                .putInt(1)
                .putInt(size)
                .putInt(0);
        messages.forEach(header::put);
        return header.array();
    }
}
