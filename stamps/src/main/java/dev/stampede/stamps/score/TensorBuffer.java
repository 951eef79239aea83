package dev.stampede.stamps.score;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * The memory of a tensor, allocated once and shared with ONNX Runtime without a copy; numbers of a float16 tensor are
 * converted. Not thread-safe.
 */
final class TensorBuffer {
    private final boolean isHalf;
    private final ByteBuffer shared;
    private final ShortBuffer halves;
    private final FloatBuffer floats;

    /** Room for {@code count} numbers of a type that is float32 or float16. */
    TensorBuffer(OnnxJavaType type, long count) {
        if (count * Float.BYTES > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + count + " pixels does not fit a buffer; lower maxBatch");
        }
        isHalf = type == OnnxJavaType.FLOAT16;
        shared = ByteBuffer.allocateDirect((int) count * (isHalf ? Short.BYTES : Float.BYTES))
                .order(ByteOrder.nativeOrder());
        halves = shared.asShortBuffer();
        floats = isHalf ? FloatBuffer.allocate((int) count) : shared.asFloatBuffer();
    }

    /** The numbers; for an input to be filled in before {@link #write}, for an output after {@link #read}. */
    FloatBuffer floats() {
        return floats;
    }

    /** A tensor over the first numbers, as many as {@code shape} has. */
    OnnxTensor tensor(long[] shape) throws OrtException {
        int count = 1;
        for (long side : shape) {
            count = Math.multiplyExact(count, (int) side);
        }
        if (!isHalf) {
            return OnnxTensor.createTensor(
                    OnnxSession.environment(), floats.duplicate().position(0).limit(count), shape);
        }
        ByteBuffer bytes = shared.duplicate().order(ByteOrder.nativeOrder()).limit(count * Short.BYTES);
        return OnnxTensor.createTensor(OnnxSession.environment(), bytes, shape, OnnxJavaType.FLOAT16);
    }

    /** Passes the first {@code count} numbers to the tensor. */
    void write(int count) {
        for (int i = 0; isHalf && i < count; i++) {
            halves.put(i, Fp16Conversions.floatToFp16(floats.get(i)));
        }
    }

    /** Takes the first {@code count} numbers from the tensor. */
    void read(int count) {
        for (int i = 0; isHalf && i < count; i++) {
            floats.put(i, Fp16Conversions.fp16ToFloat(halves.get(i)));
        }
    }
}
