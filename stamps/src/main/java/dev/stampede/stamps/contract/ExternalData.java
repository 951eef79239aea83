package dev.stampede.stamps.contract;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Detects an ONNX file that keeps weights in other files, by parsing the protobuf messages that can contain a tensor
 * (onnx.proto of ONNX 1.20). ONNX Runtime would open any file that a model names.
 */
final class ExternalData {
    /** The recursion limit of protobuf. */
    private static final int MAX_LEVELS = 100;

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    /** A message of onnx.proto, with the fields that lead to a tensor. */
    private enum Message {
        MODEL,
        GRAPH,
        NODE,
        ATTRIBUTE,
        FUNCTION,
        TENSOR,
        SPARSE_TENSOR,
        TRAINING
    }

    private static final Map<Message, Map<Integer, Message>> INNER = Map.of(
            Message.MODEL, Map.of(7, Message.GRAPH, 20, Message.TRAINING, 25, Message.FUNCTION),
            Message.GRAPH, Map.of(1, Message.NODE, 5, Message.TENSOR, 15, Message.SPARSE_TENSOR),
            Message.NODE, Map.of(5, Message.ATTRIBUTE),
            Message.ATTRIBUTE,
                    Map.of(
                            5, Message.TENSOR,
                            6, Message.GRAPH,
                            10, Message.TENSOR,
                            11, Message.GRAPH,
                            22, Message.SPARSE_TENSOR,
                            23, Message.SPARSE_TENSOR),
            Message.FUNCTION, Map.of(7, Message.NODE, 11, Message.ATTRIBUTE),
            Message.SPARSE_TENSOR, Map.of(1, Message.TENSOR, 2, Message.TENSOR),
            Message.TRAINING, Map.of(1, Message.GRAPH, 2, Message.GRAPH),
            Message.TENSOR, Map.of());

    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;

    private ExternalData() {}

    /**
     * Whether a tensor of {@code model} is in another file.
     *
     * @throws IllegalArgumentException if it is not protobuf, or not of the form of ONNX
     */
    static boolean isUsedBy(byte[] model) {
        try {
            return isIn(ByteBuffer.wrap(model), Message.MODEL, 0);
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("it ends within a field", cut);
        }
    }

    private static boolean isIn(ByteBuffer bytes, Message message, int level) {
        if (level > MAX_LEVELS) {
            throw new IllegalArgumentException("it exceeds the recursion limit of protobuf");
        }
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            if (tag >>> Integer.SIZE != 0) {
                throw new IllegalArgumentException("an invalid field number");
            }
            int field = (int) (tag >>> 3);
            int type = (int) (tag & 7);
            if (type == VARINT) {
                boolean isSet = varint(bytes) != 0;
                if (isSet && message == Message.TENSOR && field == DATA_LOCATION) {
                    return true;
                }
            } else if (type == DELIMITED) {
                ByteBuffer inner = take(bytes, varint(bytes));
                if (message == Message.TENSOR && field == EXTERNAL_DATA) {
                    return true;
                }
                Message next = INNER.getOrDefault(message, Map.of()).get(field);
                if (next != null && isIn(inner, next, level + 1)) {
                    return true;
                }
            } else {
                take(bytes, lengthOf(type));
            }
        }
        return false;
    }

    private static int lengthOf(int type) {
        return switch (type) {
            case FIXED64 -> Long.BYTES;
            case FIXED32 -> Integer.BYTES;
            default -> throw new IllegalArgumentException("wire type " + type);
        };
    }

    private static ByteBuffer take(ByteBuffer bytes, long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer taken = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return taken;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint without an end");
    }
}
