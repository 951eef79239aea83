package dev.stampede.stamps.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a protobuf message within its bytes.
 *
 * @param number the field number
 * @param type the wire type
 * @param start where its tag begins
 * @param from where its value begins; that of a varint is its encoding
 * @param end where its value ends
 */
public record ProtoField(int number, int type, int start, int from, int end) {
    public static final int VARINT = 0;
    public static final int DELIMITED = 2;
    private static final int FIXED64 = 1;
    private static final int FIXED32 = 5;

    /**
     * The fields of the message from {@code from} to {@code end}.
     *
     * @throws IllegalArgumentException if it is not a protobuf message, or contains a group, which ONNX never does
     */
    public static List<ProtoField> of(byte[] bytes, int from, int end) {
        List<ProtoField> fields = new ArrayList<>();
        int at = from;
        while (at < end) {
            ProtoField field = at(bytes, at, end);
            fields.add(field);
            at = field.end;
        }
        return fields;
    }

    private static ProtoField at(byte[] bytes, int start, int end) {
        long tag = varint(bytes, start, end);
        if (tag >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("an invalid field number");
        }
        int type = (int) (tag & 7);
        int from = varintEnd(bytes, start);
        long length = 0;
        switch (type) {
            case VARINT -> {
                varint(bytes, from, end);
                length = (long) varintEnd(bytes, from) - from;
            }
            case FIXED64 -> length = Long.BYTES;
            case FIXED32 -> length = Integer.BYTES;
            case DELIMITED -> {
                length = varint(bytes, from, end);
                from = varintEnd(bytes, from);
            }
            default -> throw new IllegalArgumentException("wire type " + type);
        }
        if (length < 0 || length > end - from) {
            throw endsWithinAField();
        }
        return new ProtoField((int) (tag >>> 3), type, start, from, (int) (from + length));
    }

    /** The value of a varint. */
    public long number(byte[] bytes) {
        return varint(bytes, from, end);
    }

    public String text(byte[] bytes) {
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long varint(byte[] bytes, int from, int end) {
        long value = 0;
        for (int shift = 0, at = from; shift < Long.SIZE; shift += 7, at++) {
            if (at >= end) {
                throw endsWithinAField();
            }
            value |= (long) (bytes[at] & 0x7F) << shift;
            if (bytes[at] >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint without an end");
    }

    /** The end of a varint that was read, which may be longer than its value requires. */
    private static int varintEnd(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static IllegalArgumentException endsWithinAField() {
        return new IllegalArgumentException("it ends within a field");
    }
}
