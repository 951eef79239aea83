package dev.stampede.streaming.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Writes container files of one record each, not compressed. Their header and sync marker are those of the schema and are
 * encoded once. Thread-safe.
 */
public final class ContainerWriter {
    private static final int MAX_LONG_BYTES = 10;

    private final byte[] header;
    private final byte[] sync;

    /**
     * @param schema the JSON of the schema
     * @param sync 16 bytes
     */
    ContainerWriter(byte[] schema, byte[] sync) {
        this.sync = sync.clone();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ContainerFile.MAGIC);
        writeLong(bytes, 2);
        writeBytes(bytes, ContainerFile.SCHEMA_KEY);
        writeBytes(bytes, schema);
        writeBytes(bytes, ContainerFile.CODEC_KEY);
        writeBytes(bytes, "null".getBytes(UTF_8));
        writeLong(bytes, 0);
        bytes.writeBytes(sync);
        header = bytes.toByteArray();
    }

    /** A writer whose sync marker is the MD5 fingerprint of {@code schema}. */
    public static ContainerWriter of(Schema schema) {
        try {
            return new ContainerWriter(
                    schema.toString().getBytes(UTF_8), SchemaNormalization.parsingFingerprint("MD5", schema));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }

    /** A file that holds only the record with these bytes. */
    public byte[] file(ByteBuffer record) {
        ByteArrayOutputStream file =
                new ByteArrayOutputStream(header.length + 2 * MAX_LONG_BYTES + record.remaining() + sync.length);
        file.writeBytes(header);
        writeLong(file, 1);
        writeLong(file, record.remaining());
        file.write(record.array(), record.arrayOffset() + record.position(), record.remaining());
        file.writeBytes(sync);
        return file.toByteArray();
    }

    private static void writeBytes(ByteArrayOutputStream to, byte[] bytes) {
        writeLong(to, bytes.length);
        to.writeBytes(bytes);
    }

    private static void writeLong(ByteArrayOutputStream to, long value) {
        long bits = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((bits & ~0x7fL) != 0) {
            to.write((int) ((bits & 0x7f) | 0x80));
            bits >>>= 7;
        }
        to.write((int) bits);
    }
}
