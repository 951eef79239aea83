package dev.stampede.stamps.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A field of a protobuf message within its bytes.
 *
 * @param number the field number
 * @param start where its tag begins
 * @param from where its value begins; that of a varint is its encoding
 * @param end where its value ends
 */
record ProtoField(int number, int type, int start, int from, int end) {
    static final int VARINT = 0;
    static final int DELIMITED = 2;
    private static final int FIXED64 = 1;
    private static final int FIXED32 = 5;

    /**
     * The fields of the message from {@code from} to {@code end}.
     *
     * @throws IllegalArgumentException if it is not a protobuf message
     */
    static List<ProtoField> of(byte[] bytes, int from, int end) {
        List<ProtoField> fields = new ArrayList<>();
        int at = from;
        while (at < end) {
            int start = at;
            long tag = varint(bytes, at);
            at += varintLength(tag);
            int type = (int) (tag & 7);
            int valueStart = at;
            long next = switch (type) {
                case VARINT -> at + varintLength(varint(bytes, at));
                case FIXED64 -> (long) at + Long.BYTES;
                case FIXED32 -> (long) at + Integer.BYTES;
                case DELIMITED -> {
                    long length = varint(bytes, at);
                    valueStart = at + varintLength(length);
                    yield length < 0 ? -1 : valueStart + length;
                }
                default -> -1;
            };
            if (next < 0 || next > end || tag >>> 3 > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("not a protobuf message");
            }
            at = (int) next;
            fields.add(new ProtoField((int) (tag >>> 3), type, start, valueStart, at));
        }
        return fields;
    }

    long number(byte[] bytes) {
        return varint(bytes, from);
    }

    String text(byte[] bytes) {
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long varint(byte[] bytes, int from) {
        long value = 0;
        for (int shift = 0, at = from; shift < Long.SIZE; shift += 7, at++) {
            if (at >= bytes.length) {
                break;
            }
            value |= (long) (bytes[at] & 0x7f) << shift;
            if (bytes[at] >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not a protobuf message");
    }

    static int varintLength(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }
}
