package dev.stampede.stamps.score;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.util.HashMap;
import java.util.Map;

/**
 * The input and output of the model for a batch of stamps. Tensors are created again only if the number of stamps changes.
 * Not thread-safe.
 */
final class TensorBatch implements AutoCloseable {
    private final int capacity;
    private final BatchSizes sizes;
    private final ModelContract.Input stamps;
    private final ModelContract.Output results;
    private final boolean isFlat;
    private final TensorBuffer input;
    /** Empty for a model of stamps alone. */
    private final TensorBuffer features;

    private final TensorBuffer output;
    private final HeadProbability head;
    private int count;
    private Tensors tensors;

    /** Input and output of the same number of stamps. */
    private record Tensors(int count, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Room for {@code capacity} stamps of the model's shape; throws IllegalArgumentException if that is too large. */
    TensorBatch(int capacity, BatchSizes sizes, ModelContract contract, GraphSignature signature) throws OrtException {
        this.capacity = capacity;
        this.sizes = sizes;
        stamps = contract.input();
        results = contract.output();
        isFlat = signature.isFlat();
        input = new TensorBuffer(signature.input(), (long) capacity * stamps.pixels());
        features = new TensorBuffer(
                signature.features(), (long) capacity * stamps.features().width());
        output = new TensorBuffer(signature.output(), (long) capacity * results.width());
        head = new HeadProbability(results);
        tensors = tensorsOf(capacity);
    }

    private Tensors tensorsOf(int size) throws OrtException {
        long[] one = stamps.layout().shape(stamps.planes().size(), stamps.stampSize());
        Tensors created = new Tensors(size, new HashMap<>(), new HashMap<>());
        boolean complete = false;
        try {
            created.inputs().put(stamps.tensor(), input.tensor(new long[] {size, one[0], one[1], one[2]}));
            if (!stamps.features().isEmpty()) {
                created.inputs().put(stamps.features().tensor(), features.tensor(new long[] {
                    size, stamps.features().width()
                }));
            }
            created.outputs()
                    .put(
                            results.tensor(),
                            output.tensor(isFlat ? new long[] {size} : new long[] {size, results.width()}));
            complete = true;
            return created;
        } finally {
            if (!complete) {
                created.close();
            }
        }
    }

    void clear() {
        count = 0;
        input.floats().clear();
        features.floats().clear();
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    /** Adds a stamp's normalised pixels, in plane, row, column order, and what is known of it; returns its place. */
    int add(float[] normalised, CandidateFeatures known) {
        stamps.features().put(known, features.floats());
        stamps.layout().put(normalised, stamps.planes().size(), input.floats());
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
            input.write(count * stamps.pixels());
            features.write(count * stamps.features().width());
            session.run(tensors.inputs(), tensors.outputs()).close(); // keeps the pinned output
            output.read(count * results.width());
        } catch (OrtException failure) {
            throw new ScoringException("ONNX Runtime failed on a batch of " + count + " stamps", failure);
        }
    }

    /**
     * The calibrated probability that the stamp at {@code place} is real.
     *
     * @throws ScoringException if the engine returned anything else than the numbers of the head
     */
    float probability(int place) {
        return head.of(output.floats(), place);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
