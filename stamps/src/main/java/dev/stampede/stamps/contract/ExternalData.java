package dev.stampede.stamps.contract;

import dev.stampede.stamps.protobuf.OnnxMessage;
import dev.stampede.stamps.protobuf.ProtoField;
import java.util.Optional;

/** Detects an ONNX file that keeps weights in other files: ONNX Runtime would open any file that a model names. */
final class ExternalData {
    private ExternalData() {}

    /**
     * Whether a tensor of {@code model} is in another file.
     *
     * @throws IllegalArgumentException if it is not protobuf, or not of the form of ONNX
     */
    static boolean isUsedBy(byte[] model) {
        return isIn(model, 0, model.length, OnnxMessage.MODEL, 0);
    }

    private static boolean isIn(byte[] bytes, int from, int end, OnnxMessage message, int level) {
        OnnxMessage.requireLevel(level);
        for (ProtoField field : ProtoField.of(bytes, from, end)) {
            if (message == OnnxMessage.TENSOR && isReference(bytes, field)) {
                return true;
            }
            Optional<OnnxMessage> inner = message.inner(field);
            if (inner.isPresent() && isIn(bytes, field.from(), field.end(), inner.get(), level + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(byte[] bytes, ProtoField field) {
        return switch (field.type()) {
            case ProtoField.VARINT -> field.number() == OnnxMessage.DATA_LOCATION && field.number(bytes) != 0;
            case ProtoField.DELIMITED -> field.number() == OnnxMessage.EXTERNAL_DATA;
            default -> false;
        };
    }
}
