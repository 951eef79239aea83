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
 * The input and output buffers of the model: allocated once and shared with ONNX Runtime without a copy. Tensors over
 * them are created again only if the number of stamps changes. Not thread-safe.
 */
final class TensorBatch implements AutoCloseable {
    /** A softmax in float32 may exceed 0 or 1 by a few units in the last place (6e-8); more is an error. */
    private static final float ROUNDING = 1e-6f;

    private final int capacity;
    private final BatchSizes sizes;
    private final int planes;
    private final int stampSize;
    private final int classes;
    private final int realClass;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private int count;
    private Tensors tensors;

    /** Input and output of the same number of stamps. */
    private record Tensors(int count, OnnxTensor input, OnnxTensor output) {
        void close() {
            input.close();
            output.close();
        }
    }

    /** Room for {@code capacity} stamps of the model's shape; throws IllegalArgumentException if that is too large. */
    TensorBatch(int capacity, BatchSizes sizes, ModelContract contract) throws OrtException {
        this.capacity = capacity;
        this.sizes = sizes;
        this.planes = contract.planes().size();
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
        return planes * stampSize * stampSize;
    }

    private Tensors tensorsOf(int stamps) throws OrtException {
        OnnxTensor in = OnnxTensor.createTensor(
                OnnxSession.environment(),
                input.duplicate().position(0).limit(stamps * stampPixels()),
                new long[] {stamps, planes, stampSize, stampSize});
        try {
            OnnxTensor out = OnnxTensor.createTensor(
                    OnnxSession.environment(),
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

    /** Adds a stamp's normalised pixels and returns its place. */
    int add(float[] normalised) {
        input.put(normalised);
        return count++;
    }

    /** Scores the added stamps for {@link #probability}. */
    void run(OrtSession session) {
        try {
            int size = sizes.sizeFor(count); // padded with older stamps or zeros
            if (tensors.count() != size) {
                Tensors fitting = tensorsOf(size);
                tensors.close();
                tensors = fitting;
            }
            session.run(Map.of(ModelContract.INPUT, tensors.input()), Map.of(ModelContract.OUTPUT, tensors.output()))
                    .close(); // keeps the pinned output
        } catch (OrtException failure) {
            throw new ScoringException("ONNX Runtime failed on a batch of " + count + " stamps", failure);
        }
    }

    /**
     * The calibrated probability that the stamp at {@code place} is real.
     *
     * @throws ScoringException if the engine returned anything else than a number from 0 to 1
     */
    float probability(int place) {
        float value = output.get(place * classes + realClass);
        if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) { // also rejects NaN
            throw new ScoringException("ONNX Runtime returned " + value
                    + ", which is not a probability, for a stamp of a" + " batch of " + count);
        }
        return Math.min(1f, Math.max(0f, value));
    }

    @Override
    public void close() {
        tensors.close();
    }
}
