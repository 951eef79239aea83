package dev.stampede.benchmarks.stream;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The baseline: scores record by record with generic Avro records, nested Java arrays and one run of the model each. It
 * uses Stampede's normaliser, as other pixels would give other scores; it measures no quality and checks no mask.
 */
final class PerRecordScorer extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final Schema RESULT = new Schema.Parser().parse("""
            {"type": "record", "name": "Result", "namespace": "dev.stampede.benchmarks", "fields": [
              {"name": "alertId", "type": "string"},
              {"name": "verdict", "type": "string"},
              {"name": "probability", "type": "float"}]}
            """);

    private final BinaryMessageDecoder<GenericRecord> decoder =
            new BinaryMessageDecoder<>(GenericData.get(), ArrayAlerts.SCHEMA);
    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), RESULT);
    private final OrtSession session;
    private final ModelContract contract;
    private final Normaliser normaliser;
    /** What the model takes for a candidate of which the search states nothing. */
    private final float[][] unknownFeatures;

    PerRecordScorer(OrtSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
        this.normaliser =
                contract.preprocessing().recipe(0).newNormaliser(1, contract.stampSize() * contract.stampSize());
        this.unknownFeatures = new float[1][contract.features().width()];
        contract.features().put(CandidateFeatures.NONE, FloatBuffer.wrap(unknownFeatures[0]));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            GenericRecord alert = decoder.decode(record.value());
            float probability = score(pixels(alert));
            GenericData.Record result = new GenericData.Record(RESULT);
            result.put("alertId", alert.get(ArrayAlerts.ALERT_ID).toString());
            result.put("verdict", probability >= contract.threshold() ? "REAL" : "BOGUS");
            result.put("probability", probability);
            context().forward(record.withValue(ArrayAlerts.encode(encoder, result)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode an alert", e);
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot score an alert", e);
        }
    }

    private float[][][][] pixels(GenericRecord alert) {
        List<?> stamp = (List<?>) alert.get(ArrayAlerts.STAMP);
        int size = contract.stampSize();
        float[][][][] pixels = new float[1][contract.planes().size()][size][size];
        float[] plane = new float[size * size];
        int next = 0;
        for (float[][] channel : pixels[0]) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = (Float) stamp.get(next++);
            }
            normaliser.normalise(plane, 0, plane, 0);
            for (int row = 0; row < size; row++) {
                System.arraycopy(plane, row * size, channel[row], 0, size);
            }
        }
        return pixels;
    }

    private float score(float[][][][] pixels) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels)) {
            if (contract.features().isEmpty()) {
                return probability(Map.of(ModelContract.INPUT, input));
            }
            try (OnnxTensor features = OnnxTensor.createTensor(environment, unknownFeatures)) {
                return probability(
                        Map.of(ModelContract.INPUT, input, contract.features().tensor(), features));
            }
        }
    }

    private float probability(Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            float[][] probabilities = (float[][]) result.get(0).getValue();
            return probabilities[0][contract.classes().indexOf(contract.output().realClass())];
        }
    }
}
