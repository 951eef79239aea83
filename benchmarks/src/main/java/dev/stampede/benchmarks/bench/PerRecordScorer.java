package dev.stampede.benchmarks.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 * Scores alert by alert as most people would write it: a generic record, nested Java arrays, one run of the model a
 * record. It normalises as the model was trained, or its answers would mean nothing; it measures no quality, checks no
 * mask and answers with a generic record.
 */
final class PerRecordScorer extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final Schema ANSWER = org.apache.avro.SchemaBuilder.record("Answer")
            .namespace(Classification.class.getPackageName())
            .fields()
            .requiredString("alertId")
            .requiredString("verdict")
            .requiredFloat("probability")
            .endRecord();

    private final BinaryMessageDecoder<GenericRecord> decoder =
            new BinaryMessageDecoder<>(GenericData.get(), StampAlert.getClassSchema());
    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), ANSWER);
    private final OrtSession session;
    private final ModelContract contract;
    private final Normaliser normaliser;

    PerRecordScorer(OrtSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
        this.normaliser = contract.recipe().newNormaliser(contract.stampSize() * contract.stampSize());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            GenericRecord alert = decoder.decode(record.value());
            float probability = score(pixels(alert));
            GenericData.Record answer = new GenericData.Record(ANSWER);
            answer.put("alertId", alert.get("alertId").toString());
            answer.put("verdict", probability >= contract.threshold() ? "REAL" : "BOGUS");
            answer.put("probability", probability);
            ByteBuffer encoded = encoder.encode(answer);
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            context().forward(record.withValue(value));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read an alert", e);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot score an alert", e);
        }
    }

    private float[][][][] pixels(GenericRecord alert) {
        int size = contract.stampSize();
        List<?> coadds = (List<?>) alert.get("coadds");
        float[][][][] pixels = new float[1][coadds.size()][size][size];
        for (int channel = 0; channel < coadds.size(); channel++) {
            GenericRecord coadd = (GenericRecord) coadds.get(channel);
            float[] plane = new float[size * size];
            ((ByteBuffer) coadd.get("pixels"))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(plane);
            normaliser.normalise(plane, 0, plane, 0);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    pixels[0][channel][row][column] = plane[row * size + column];
                }
            }
        }
        return pixels;
    }

    private float score(float[][][][] pixels) throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), pixels);
                OrtSession.Result result = session.run(Map.of(ModelContract.INPUT, input))) {
            float[][] probabilities = (float[][]) result.get(0).getValue();
            return probabilities[0][contract.realClass()];
        }
    }
}
