package dev.stampede.streaming.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;

/** One record as Avro binary, without the framing that carries it. */
public final class BinaryRecord {
    private BinaryRecord() {}

    /**
     * Reads the record that the remaining {@code bytes}, of an array, consist of.
     *
     * @throws IOException if they end early, or the record does
     */
    public static <T> T read(DatumReader<T> reader, ByteBuffer bytes) throws IOException {
        int start = bytes.arrayOffset() + bytes.position();
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes.array(), start, bytes.remaining(), null);
        T record = reader.read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("it has " + decoder.inputStream().available() + " extra bytes after the record");
        }
        return record;
    }
}
