package dev.stampede.streaming.packet;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.StampAlert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;

/**
 * Avro's single-object encoding: two marker bytes, the schema's CRC-64-AVRO fingerprint as a little-endian long, then
 * Avro binary. Source: the Avro specification, "Single-object encoding". Thread-safe.
 */
public final class SingleObject {
    /** The two marker bytes, as one little-endian short. */
    private static final short MARKER = 0x01C3;

    private static final int FINGERPRINT_OFFSET = Short.BYTES;

    /** Bytes before the Avro binary. */
    static final int HEADER_BYTES = FINGERPRINT_OFFSET + Long.BYTES;

    private static final SingleObjectEncoder<StampAlert> ALERTS =
            new SingleObjectEncoder<>(StampAlert.getClassSchema());

    private static final SingleObjectEncoder<Classification> CLASSIFICATIONS =
            new SingleObjectEncoder<>(Classification.getClassSchema());

    private static final SingleObjectEncoder<ExplanationRequest> EXPLANATION_REQUESTS =
            new SingleObjectEncoder<>(ExplanationRequest.getClassSchema());

    private static final SingleObjectEncoder<Label> LABELS = new SingleObjectEncoder<>(Label.getClassSchema());
    private static final SingleObjectEncoder<ModelRelease> RELEASES =
            new SingleObjectEncoder<>(ModelRelease.getClassSchema());

    private static final BinaryMessageDecoder<ModelRelease> WRITTEN_RELEASES =
            new BinaryMessageDecoder<>(new GeneratedClasses(), ModelRelease.getClassSchema());

    private static final BinaryMessageDecoder<Classification> WRITTEN_CLASSIFICATIONS =
            new BinaryMessageDecoder<>(new GeneratedClasses(), Classification.getClassSchema());

    private static final BinaryMessageDecoder<ExplanationRequest> REQUESTS =
            new BinaryMessageDecoder<>(new GeneratedClasses(), ExplanationRequest.getClassSchema());

    private static final BinaryMessageDecoder<Label> WRITTEN_LABELS =
            new BinaryMessageDecoder<>(new GeneratedClasses(), Label.getClassSchema());

    private SingleObject() {}

    static boolean frames(byte[] value) {
        return value.length >= HEADER_BYTES && littleEndian(value).getShort(0) == MARKER;
    }

    /** What precedes a record that was written with {@code schema}. */
    static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(MARKER)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    static long fingerprint(byte[] value) {
        return littleEndian(value).getLong(FINGERPRINT_OFFSET);
    }

    private static ByteBuffer littleEndian(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The alert as the value of a record. */
    public static byte[] write(StampAlert alert) {
        return ALERTS.encode(alert);
    }

    /** The classification as the value of a record. */
    public static byte[] write(Classification classification) {
        return CLASSIFICATIONS.encode(classification);
    }

    /** The request as the value of a record. */
    public static byte[] write(ExplanationRequest request) {
        return EXPLANATION_REQUESTS.encode(request);
    }

    /** The release as the value of a record. */
    public static byte[] write(ModelRelease release) {
        return RELEASES.encode(release);
    }

    /**
     * The release in the value of a record that this version wrote.
     *
     * @throws IOException if it holds none
     */
    public static ModelRelease readRelease(byte[] value) throws IOException {
        return WRITTEN_RELEASES.decode(value);
    }

    /**
     * The request in the value of a record that this version wrote.
     *
     * @throws IOException if it holds none
     */
    public static ExplanationRequest readExplanationRequest(byte[] value) throws IOException {
        return REQUESTS.decode(value);
    }

    /**
     * The classification in the value of a record that this version wrote.
     *
     * @throws IOException if it holds none
     */
    public static Classification readClassification(byte[] value) throws IOException {
        return WRITTEN_CLASSIFICATIONS.decode(value);
    }

    /** The label as the value of a record. */
    public static byte[] write(Label label) {
        return LABELS.encode(label);
    }

    /**
     * The label in the value of a record that this version wrote.
     *
     * @throws IOException if it holds none
     */
    public static Label readLabel(byte[] value) throws IOException {
        return WRITTEN_LABELS.decode(value);
    }
}
