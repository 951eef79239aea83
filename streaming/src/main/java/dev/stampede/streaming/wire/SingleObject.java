package dev.stampede.streaming.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

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

    private static final ClassValue<Codec> CODECS = new ClassValue<>() {
        @Override
        protected Codec computeValue(Class<?> type) {
            GeneratedClasses classes = new GeneratedClasses();
            Schema schema = classes.getSchema(type);
            return new Codec(
                    new BinaryMessageEncoder<>(classes, schema),
                    new SpecificDatumReader<>(schema, schema, classes),
                    SchemaNormalization.parsingFingerprint64(schema));
        }
    };

    private SingleObject() {}

    /** Avro's encoder and reader of one generated class, and the fingerprint of its schema. */
    private record Codec(
            BinaryMessageEncoder<SpecificRecord> encoder, DatumReader<SpecificRecord> reader, long fingerprint) {}

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

    /** Encodes a record of a generated class. */
    public static byte[] write(SpecificRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CODECS.get(record.getClass()).encoder().encode(record, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode an Avro record in memory", e);
        }
        return bytes.toByteArray();
    }

    /** Decodes a record of {@code type}; throws an IOException if {@code value} is not one. */
    public static <T extends SpecificRecord> T read(Class<T> type, byte[] value) throws IOException {
        Codec codec = CODECS.get(type);
        if (!frames(value) || fingerprint(value) != codec.fingerprint()) {
            throw new IOException(
                    "it is not a " + type.getSimpleName() + " in the single-object encoding of this version");
        }
        ByteBuffer binary = ByteBuffer.wrap(value, HEADER_BYTES, value.length - HEADER_BYTES);
        return type.cast(BinaryRecord.read(codec.reader(), binary));
    }
}
