package dev.stampede.stamps.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** The compression of pages. */
public final class PageCodec {
    /** The compressions that are read and written. */
    public static final Set<CompressionCodec> CODECS = Set.of(
            CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD);

    private PageCodec() {}

    static byte[] compress(CompressionCodec codec, byte[] plain) throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> plain;
            case SNAPPY -> Snappy.compress(plain);
            case ZSTD -> Zstd.compress(plain);
            case GZIP -> gzip(plain);
            default -> throw unknown(codec);
        };
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(plain);
        }
        return compressed.toByteArray();
    }

    /**
     * The content of a page, or of a part of it.
     *
     * @param size its length in bytes
     * @throws IOException if {@code compressed} is damaged or has another length
     */
    static byte[] decompress(CompressionCodec codec, byte[] compressed, int size) throws IOException {
        if (codec == CompressionCodec.UNCOMPRESSED || compressed.length == 0) {
            return compressed;
        }
        byte[] plain = switch (codec) {
            case SNAPPY -> snappy(compressed, size);
            case ZSTD -> Zstd.decompress(compressed, size);
            case GZIP -> gunzip(compressed, size);
            default -> throw unknown(codec);
        };
        if (plain.length != size) {
            throw new IOException("a page has " + plain.length + " bytes instead of " + size);
        }
        return plain;
    }

    private static IllegalStateException unknown(CompressionCodec codec) {
        return new IllegalStateException("the codec " + codec + " is not in CODECS");
    }

    private static byte[] snappy(byte[] compressed, int size) throws IOException {
        if (Snappy.uncompressedLength(compressed) != size) {
            throw new IOException("a page does not have the " + size + " bytes that its header states");
        }
        return Snappy.uncompress(compressed);
    }

    private static byte[] gunzip(byte[] compressed, int size) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readNBytes(size);
        }
    }
}
