package dev.stampede.stamps.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The schema that Arrow writes to the metadata of a Parquet file, for types that Parquet lacks, such as lists of fixed size
 * and categories: a message of Arrow's IPC format in base64. It has a field for each column, so it must get those that are
 * added. Its fields are not decoded: a new table of them refers to the old message, which follows it unchanged. Its copy of
 * the metadata of the file, from which readers take it, is replaced.
 */
public final class ArrowSchema {
    /** The key in the metadata. */
    public static final String KEY = "ARROW:schema";

    /** Marks a message; before its length. */
    private static final int CONTINUATION = -1;

    private static final int PREFIX_BYTES = 8;

    /** Where the parts of the new message are, bytes; tables follow their descriptions. */
    private static final int MESSAGE_DESCRIPTION = 4;

    private static final int MESSAGE = 24;
    private static final int SCHEMA_DESCRIPTION = 48;
    private static final int SCHEMA = 64;
    private static final int FIELDS = 88;
    /** Of a column or an entry of metadata, without its texts. */
    private static final int ENTRY_BYTES = 72;

    /** Numbers of the fields of the tables Message and Schema in Message.fbs and Schema.fbs. */
    private static final int VERSION = 0;

    private static final int HEADER = 2;
    private static final int ENDIANNESS = 0;
    private static final int COLUMNS = 1;
    private static final int FEATURES = 3;

    private static final byte SCHEMA_TYPE = 1;
    private static final byte FLOAT_TYPE = 3;
    private static final byte TEXT_TYPE = 5;

    private final ByteBuffer old;
    private final ByteBuffer out;

    private ArrowSchema(ByteBuffer old, int capacity) {
        this.old = old;
        this.out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The schema with further columns.
     *
     * @param schema the value of {@link #KEY}
     * @param columns that the file has without those that are added
     * @param added by name, of type STRING or FLOAT
     * @param metadata of the file, without this schema
     * @return empty if {@code schema} is damaged, or of another number of columns
     */
    public static Optional<String> with(
            String schema, int columns, Map<String, ParquetType> added, Map<String, String> metadata) {
        try {
            ByteBuffer message =
                    ByteBuffer.wrap(Base64.getDecoder().decode(schema)).order(ByteOrder.LITTLE_ENDIAN);
            int start = message.getInt(0) == CONTINUATION ? PREFIX_BYTES : PREFIX_BYTES / 2;
            int length = message.getInt(start - Integer.BYTES);
            ByteBuffer old = message.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
            int head = aligned(FIELDS
                    + Integer.BYTES * (columns + 2 * added.size() + metadata.size() + 4)
                    + ENTRY_BYTES * (added.size() + metadata.size())
                    + bytes(added.keySet())
                    + bytes(metadata.keySet())
                    + bytes(metadata.values()));
            return new ArrowSchema(old, head + length).write(columns, added, metadata, head);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    private static int bytes(Collection<String> texts) {
        return texts.stream().mapToInt(text -> text.getBytes(UTF_8).length).sum();
    }

    private static int aligned(int position) {
        return (position + 7) / 8 * 8;
    }

    private Optional<String> write(
            int columns, Map<String, ParquetType> added, Map<String, String> metadata, int oldStart) {
        int message = old.getInt(0);
        int schema = target(field(message, HEADER));
        int fields = target(field(schema, COLUMNS));
        if (old.getInt(fields) != columns) {
            return Optional.empty();
        }
        out.putInt(MESSAGE);
        describe(MESSAGE_DESCRIPTION, 20, 16, 18, 4, 8, 0);
        out.position(MESSAGE);
        out.putInt(MESSAGE - MESSAGE_DESCRIPTION).putInt(SCHEMA - out.position());
        out.putLong(0).putShort(old.getShort(field(message, VERSION))).put(SCHEMA_TYPE);

        int features = field(schema, FEATURES);
        int endianness = field(schema, ENDIANNESS);
        describe(SCHEMA_DESCRIPTION, 20, 16, 4, 8, features == 0 ? 0 : 12);
        out.position(SCHEMA);
        out.putInt(SCHEMA - SCHEMA_DESCRIPTION).putInt(FIELDS - out.position());
        int metadataReference = out.position();
        out.putInt(0); // see below
        out.putInt(features == 0 ? 0 : oldStart + target(features) - out.position());
        out.putShort(endianness == 0 ? 0 : old.getShort(endianness));

        out.position(FIELDS);
        out.putInt(columns + added.size());
        for (int i = 0; i < columns; i++) {
            out.putInt(oldStart + target(fields + Integer.BYTES * (i + 1)) - out.position());
        }
        int position = aligned(out.position() + Integer.BYTES * added.size());
        for (Map.Entry<String, ParquetType> column : added.entrySet()) {
            int entry = out.position();
            int end = column(position, column.getKey(), column.getValue() == ParquetType.FLOAT);
            out.putInt(entry, position + 16 - entry).position(entry + Integer.BYTES);
            position = end;
        }
        out.putInt(metadataReference, position - metadataReference);
        metadata(position, metadata);
        out.position(oldStart);
        out.put(old.duplicate().rewind());
        return Optional.of(encoded());
    }

    /** The position of a field of the table at {@code table} in the old message; 0 if it is absent. */
    private int field(int table, int number) {
        int description = table - old.getInt(table);
        int entry = 4 + 2 * number;
        int offset = entry < old.getShort(description) ? old.getShort(description + entry) : 0;
        return offset == 0 ? 0 : table + offset;
    }

    /** What the reference at {@code position} in the old message refers to. */
    private int target(int position) {
        return position + old.getInt(position);
    }

    private void describe(int position, int tableBytes, int... fields) {
        out.position(position);
        out.putShort((short) (4 + 2 * fields.length)).putShort((short) tableBytes);
        for (int field : fields) {
            out.putShort((short) field);
        }
    }

    /** Writes a nullable column, 16 bytes after {@code start}, and returns the next aligned position. */
    private int column(int start, String name, boolean isFloat) {
        int table = start + 16;
        int type = table + 32;
        int children = type + 8;
        int text = children + Integer.BYTES;
        describe(start, 20, 4, 16, 17, 8, 0, 12);
        out.position(table);
        out.putInt(table - start).putInt(text - out.position());
        out.putInt(type - out.position()).putInt(children - out.position());
        out.put((byte) 1).put(isFloat ? FLOAT_TYPE : TEXT_TYPE);
        if (isFloat) {
            describe(type - 8, 6, 4); // of single precision
        } else {
            describe(type - 8, 4);
        }
        out.position(type);
        out.putInt(8).putShort((short) (isFloat ? 1 : 0));
        out.position(children);
        out.putInt(0);
        text(text, name);
        return aligned(out.position());
    }

    /** Writes the entries of metadata at {@code start}. */
    private void metadata(int start, Map<String, String> metadata) {
        int entry = start + Integer.BYTES;
        int position = aligned(entry + Integer.BYTES * metadata.size());
        out.putInt(start, metadata.size());
        for (Map.Entry<String, String> one : metadata.entrySet()) {
            int table = position + 8;
            int key = table + 12;
            int value = key + Integer.BYTES + aligned(one.getKey().getBytes(UTF_8).length + 1);
            describe(position, 12, 4, 8);
            out.position(table);
            out.putInt(8).putInt(key - out.position()).putInt(value - out.position());
            text(key, one.getKey());
            text(value, one.getValue());
            out.putInt(entry, table - entry);
            entry += Integer.BYTES;
            position = aligned(out.position());
        }
    }

    private void text(int position, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.position(position);
        out.putInt(bytes.length).put(bytes).put((byte) 0);
    }

    private String encoded() {
        ByteBuffer message = ByteBuffer.allocate(PREFIX_BYTES + out.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(CONTINUATION).putInt(out.capacity()).put(out.rewind());
        return Base64.getEncoder().encodeToString(message.array());
    }
}
