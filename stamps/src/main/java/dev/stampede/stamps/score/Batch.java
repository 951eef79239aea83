package dev.stampede.stamps.score;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.stamps.contract.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The memory that the model reads stamps from and writes probabilities to: allocated once, shared with ONNX Runtime
 * without a copy. Tensors over it are made anew only when the count of stamps changes. Not thread-safe.
 */
final class Batch implements AutoCloseable {
    /** A softmax in float32 may end a few units in the last place (6e-8) beyond 0 or 1; more is a fault. */
    private static final float ROUNDING = 1e-6f;

    private final int capacity;
    private final RunSizes sizes;
    private final int channels;
    private final int stampSize;
    private final int classes;
    private final int realClass;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private int count;
    private Tensors tensors;

    /** Input and output over the same count of stamps. */
    private record Tensors(int count, OnnxTensor input, OnnxTensor output) {
        void close() {
            input.close();
            output.close();
        }
    }

    /** Room for {@code capacity} stamps of the model's shape; throws IllegalArgumentException where that is too much. */
    Batch(int capacity, RunSizes sizes, ModelContract contract) throws OrtException {
        this.capacity = capacity;
        this.sizes = sizes;
        this.channels = contract.channels().size();
        this.stampSize = contract.stampSize();
        this.classes = contract.classes().size();
        this.realClass = contract.realClass();
        this.input = directFloats((long) capacity * stampPixels());
        this.output = directFloats((long) capacity * classes);
        this.tensors = tensorsOf(capacity);
    }

    private static FloatBuffer directFloats(long count) {
        if (count * Float.BYTES > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a batch of " + count + " pixels does not fit a buffer; lower maxBatch");
        }
        return ByteBuffer.allocateDirect((int) count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private int stampPixels() {
        return channels * stampSize * stampSize;
    }

    private Tensors tensorsOf(int stamps) throws OrtException {
        OnnxTensor in = OnnxTensor.createTensor(
                Engine.environment(),
                input.duplicate().position(0).limit(stamps * stampPixels()),
                new long[] {stamps, channels, stampSize, stampSize});
        try {
            OnnxTensor out = OnnxTensor.createTensor(
                    Engine.environment(),
                    output.duplicate().position(0).limit(stamps * classes),
                    new long[] {stamps, classes});
            return new Tensors(stamps, in, out);
        } catch (OrtException failure) {
            in.close();
            throw failure;
        }
    }

    void clear() {
        count = 0;
        input.clear();
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    /** Adds a stamp's normalised pixels and answers its place. */
    int add(float[] normalised) {
        input.put(normalised);
        return count++;
    }

    /** Scores what was added; {@link #probability} then holds the outcome. */
    void run(OrtSession session) {
        try {
            int size = sizes.sizeFor(count); // what pads it are stamps of before, or zeros
            if (tensors.count() != size) {
                Tensors fitting = tensorsOf(size);
                tensors.close();
                tensors = fitting;
            }
            session.run(Map.of(ModelContract.INPUT, tensors.input()), Map.of(ModelContract.OUTPUT, tensors.output()))
                    .close(); // frees nothing of ours: the pinned output stays
        } catch (OrtException failure) {
            throw new ScoringException("ONNX Runtime failed on a batch of " + count + " stamps", failure);
        }
    }

    /**
     * The calibrated probability that the stamp at {@code place} is real.
     *
     * @throws ScoringException if the engine answered anything else than a number from 0 to 1
     */
    float probability(int place) {
        float value = output.get(place * classes + realClass);
        if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) { // also refuses NaN
            throw new ScoringException("ONNX Runtime answered " + value + ", which is no probability, for a stamp of a"
                    + " batch of " + count);
        }
        return Math.min(1f, Math.max(0f, value));
    }

    @Override
    public void close() {
        tensors.close();
    }
}
