package dev.stampede.stamps.protobuf;

import java.util.Map;
import java.util.Optional;

/** A message of onnx.proto (ONNX 1.20) that can contain a tensor, with the fields that lead to one. */
public enum OnnxMessage {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    FUNCTION,
    TENSOR,
    SPARSE_TENSOR,
    TRAINING;

    /** The fields of {@link #TENSOR} that name another file with its weights. */
    public static final int EXTERNAL_DATA = 13;

    public static final int DATA_LOCATION = 14;

    /** The recursion limit of protobuf. */
    private static final int MAX_LEVELS = 100;

    private static final Map<OnnxMessage, Map<Integer, OnnxMessage>> INNER = Map.of(
            MODEL, Map.of(7, GRAPH, 20, TRAINING, 25, FUNCTION),
            GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
            NODE, Map.of(5, ATTRIBUTE),
            ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR),
            FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
            SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR),
            TRAINING, Map.of(1, GRAPH, 2, GRAPH),
            TENSOR, Map.of());

    /** The message in {@code field} if it can contain a tensor. */
    public Optional<OnnxMessage> inner(ProtoField field) {
        return field.type() == ProtoField.DELIMITED
                ? Optional.ofNullable(INNER.getOrDefault(this, Map.of()).get(field.number()))
                : Optional.empty();
    }

    /** Throws an IllegalArgumentException if messages are nested deeper than protobuf allows; the model is level 0. */
    public static void requireLevel(int level) {
        if (level > MAX_LEVELS) {
            throw new IllegalArgumentException("it exceeds the recursion limit of protobuf");
        }
    }
}
