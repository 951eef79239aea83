package dev.stampede.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Decodes, normalises and scores alerts in batches, with Avro's generated classes and one thread of ONNX Runtime. It does
 * less than the stream: it measures no quality, abstains on nothing, and its result has three fields. Not thread-safe.
 */
final class AlertScorer implements AutoCloseable {
    /** Alerts of one run of the model, as in the stream. */
    static final int BATCH = 64;

    private static final Schema RESULT = new Schema.Parser().parse("""
            {"type": "record", "name": "Result", "namespace": "dev.stampede.peers", "fields": [
              {"name": "alertId", "type": "string"},
              {"name": "verdict", "type": "string"},
              {"name": "probability", "type": "float"}]}
            """);

    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), RESULT);
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final ModelContract contract;
    private final OrtSession session;
    private final Normaliser normaliser;
    private final float[] plane;
    private final FloatBuffer pixels;
    private final FloatBuffer features;

    /** Opens the model of {@code options}. */
    AlertScorer(PeerOptions options) {
        ModelFile file = ModelFile.read(Path.of(options.model()));
        try (StampModel model = StampModel.open(file)) {
            contract = model.contract();
        }
        try (OrtSession.SessionOptions engine = new OrtSession.SessionOptions()) {
            engine.setIntraOpNumThreads(1);
            session = environment.createSession(file.bytes(), engine);
        } catch (OrtException failure) {
            throw new IllegalStateException("Cannot open " + file.origin(), failure);
        }
        plane = new float[contract.stampSize() * contract.stampSize()];
        normaliser = options.plain()
                ? new PlainNormaliser(plane.length)
                : contract.preprocessing().recipe(0).newNormaliser(contract.stampSize(), contract.stampSize());
        pixels = direct(BATCH * contract.planes().size() * plane.length);
        features = direct(BATCH * contract.features().width());
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The results of 1 to {@link #BATCH} alerts, in order. */
    List<byte[]> score(List<byte[]> alerts) {
        pixels.clear();
        features.clear();
        List<String> ids = new ArrayList<>(alerts.size());
        for (byte[] value : alerts) {
            StampAlert alert = decode(value);
            ids.add(alert.getAlertId());
            for (Plane wanted : contract.planes()) {
                addPlane(alert, wanted);
            }
            contract.features().put(CandidateFeatures.NONE, features);
        }
        pixels.flip();
        features.flip();
        float[][] probabilities = run(alerts.size());
        int real = contract.classes().indexOf(contract.output().realClass());
        List<byte[]> results = new ArrayList<>(alerts.size());
        for (int i = 0; i < alerts.size(); i++) {
            results.add(result(ids.get(i), probabilities[i][real]));
        }
        return results;
    }

    private static StampAlert decode(byte[] value) {
        try {
            return StampAlert.getDecoder().decode(value);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot decode an alert", failure);
        }
    }

    private void addPlane(StampAlert alert, Plane wanted) {
        for (Coadd coadd : alert.getCoadds()) {
            if (coadd.getKind().name().toLowerCase(Locale.ROOT).equals(wanted.planeName())) {
                coadd.getPixels()
                        .duplicate()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(plane);
                normaliser.normalise(plane, 0, plane, 0);
                pixels.put(plane);
                return;
            }
        }
        throw new IllegalArgumentException("An alert has no coadd " + wanted + ".");
    }

    private float[][] run(int alerts) {
        int size = contract.stampSize();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        long[] shape = {alerts, contract.planes().size(), size, size};
        long[] featureShape = {alerts, contract.features().width()};
        try (OnnxTensor stamps = OnnxTensor.createTensor(environment, pixels, shape);
                OnnxTensor known = OnnxTensor.createTensor(environment, features, featureShape)) {
            inputs.put(ModelContract.INPUT, stamps);
            if (!contract.features().isEmpty()) {
                inputs.put(contract.features().tensor(), known);
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return (float[][]) result.get(0).getValue();
            }
        } catch (OrtException failure) {
            throw new IllegalStateException("Cannot score alerts", failure);
        }
    }

    private byte[] result(String id, float probability) {
        GenericData.Record result = new GenericData.Record(RESULT);
        result.put("alertId", id);
        result.put("verdict", probability >= contract.threshold() ? "REAL" : "BOGUS");
        result.put("probability", probability);
        try {
            ByteBuffer encoded = encoder.encode(result);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot encode a result", failure);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new IllegalStateException("Cannot close the model", failure);
        }
    }
}
