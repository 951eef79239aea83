package dev.stampede.benchmarks.gpu;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A model as a program without Stampede runs it: new tensors for each run, copied from arrays, and outputs that ONNX Runtime
 * allocates. Not thread-safe.
 */
final class PlainSession implements AutoCloseable {
    private static final long SEED = 1;
    private static final long DYNAMIC = -1;

    private final OrtSession session;
    private final ModelContract contract;
    private final Random random = new Random(SEED);

    private PlainSession(OrtSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
    }

    /** Sets options of a session. */
    @FunctionalInterface
    interface Options {
        void set(OrtSession.SessionOptions options) throws OrtException;
    }

    /** Opens {@code model}, whose contract is {@code contract}. */
    static PlainSession open(ModelFile model, ModelContract contract, boolean isOnCuda, Options more)
            throws OrtException {
        StampModel.requireEngine(); // before any other class of ONNX Runtime
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            more.set(options);
            if (isOnCuda) {
                options.addCUDA();
            }
            return new PlainSession(OrtEnvironment.getEnvironment().createSession(model.bytes(), options), contract);
        }
    }

    /** The inputs of {@code count} stamps of noise, by name. */
    Map<String, float[]> noise(int count) throws OrtException {
        Map<String, float[]> inputs = new HashMap<>();
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            float[] values = new float[(int) size(shape(input.getKey(), input.getValue(), count))];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            inputs.put(input.getKey(), values);
        }
        return inputs;
    }

    /** Runs the model once. */
    void run(Map<String, float[]> values, int count) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                long[] shape = shape(input.getKey(), input.getValue(), count);
                float[] array = values.getOrDefault(input.getKey(), new float[0]);
                inputs.put(input.getKey(), tensor((TensorInfo) input.getValue().getInfo(), array, shape));
            }
            session.run(inputs).close();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private long[] shape(String name, NodeInfo info, int count) {
        long[] shape = ((TensorInfo) info.getInfo()).getShape();
        ModelContract.Input stamps = contract.input();
        long[] one = name.equals(stamps.tensor())
                ? stamps.layout().shape(stamps.planes().size(), stamps.stampSize())
                : new long[] {stamps.features().width()};
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] == DYNAMIC) {
                shape[i] = i == 0 ? count : one[i - 1];
            }
        }
        return shape;
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        return size;
    }

    private static OnnxTensor tensor(TensorInfo info, float[] values, long[] shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (info.type != OnnxJavaType.FLOAT16) {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        }
        ByteBuffer halves =
                ByteBuffer.allocateDirect(values.length * Short.BYTES).order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(
                environment, halves, shape, OnnxJavaType.FLOAT16); // zeros take as long as numbers
    }

    /** Ends the profile of the session and returns its file. */
    String endProfiling() throws OrtException {
        return session.endProfiling();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime did not close its session", failure);
        }
    }
}
