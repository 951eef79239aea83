package dev.stampede.streaming.wire;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.StampAlert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Avro's single-object encoding: two marker bytes, the schema's CRC-64-AVRO fingerprint as a little-endian long, then
 * Avro binary. Source: the Avro specification, "Single-object encoding". The decoders read only the schema version that
 * this program writes. Thread-safe.
 */
public final class SingleObject {
    /** The two marker bytes, as one little-endian short. */
    private static final short MARKER = 0x01C3;

    private static final int FINGERPRINT_OFFSET = Short.BYTES;

    /** Bytes before the Avro binary. */
    public static final int HEADER_BYTES = FINGERPRINT_OFFSET + Long.BYTES;

    private static final Codec<StampAlert> ALERTS = new Codec<>(StampAlert.getClassSchema());
    private static final Codec<Classification> CLASSIFICATIONS = new Codec<>(Classification.getClassSchema());
    private static final Codec<ExplanationRequest> REQUESTS = new Codec<>(ExplanationRequest.getClassSchema());
    private static final Codec<Label> LABELS = new Codec<>(Label.getClassSchema());
    private static final Codec<ModelRelease> RELEASES = new Codec<>(ModelRelease.getClassSchema());

    private SingleObject() {}

    /** Avro's encoder and decoder of one generated class. */
    private static final class Codec<T> {
        private final BinaryMessageEncoder<T> encoder;
        private final BinaryMessageDecoder<T> decoder;

        Codec(Schema schema) {
            GeneratedClasses classes = new GeneratedClasses();
            encoder = new BinaryMessageEncoder<>(classes, schema);
            decoder = new BinaryMessageDecoder<>(classes, schema);
        }

        byte[] encode(T datum) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                encoder.encode(datum, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot encode an Avro record in memory", e);
            }
            return bytes.toByteArray();
        }

        T decode(byte[] value) throws IOException {
            return decoder.decode(value);
        }
    }

    /** Whether {@code value} starts with the marker of this encoding. */
    public static boolean frames(byte[] value) {
        return value.length >= HEADER_BYTES && littleEndian(value).getShort(0) == MARKER;
    }

    public static long fingerprint(byte[] value) {
        return littleEndian(value).getLong(FINGERPRINT_OFFSET);
    }

    private static ByteBuffer littleEndian(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }

    public static byte[] write(StampAlert alert) {
        return ALERTS.encode(alert);
    }

    public static byte[] write(Classification classification) {
        return CLASSIFICATIONS.encode(classification);
    }

    public static byte[] write(ExplanationRequest request) {
        return REQUESTS.encode(request);
    }

    public static byte[] write(ModelRelease release) {
        return RELEASES.encode(release);
    }

    public static byte[] write(Label label) {
        return LABELS.encode(label);
    }

    /** Decodes a classification; throws an IOException if {@code value} is not one. */
    public static Classification readClassification(byte[] value) throws IOException {
        return CLASSIFICATIONS.decode(value);
    }

    /** Decodes an explanation request; throws an IOException if {@code value} is not one. */
    public static ExplanationRequest readExplanationRequest(byte[] value) throws IOException {
        return REQUESTS.decode(value);
    }

    /** Decodes a release; throws an IOException if {@code value} is not one. */
    public static ModelRelease readRelease(byte[] value) throws IOException {
        return RELEASES.decode(value);
    }

    /** Decodes a label; throws an IOException if {@code value} is not one. */
    public static Label readLabel(byte[] value) throws IOException {
        return LABELS.decode(value);
    }
}
