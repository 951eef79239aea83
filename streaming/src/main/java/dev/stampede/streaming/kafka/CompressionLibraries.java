package dev.stampede.streaming.kafka;

import dev.stampede.stamps.file.UnpackedLibrary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** The native libraries of LZ4 and Snappy; that of Zstandard leaves no file. */
public final class CompressionLibraries {
    private static final int BUFFER_BYTES = 1024;

    /** The version of the format of record batches, in which LZ4 has its own frames. */
    private static final byte MAGIC = 2;

    private CompressionLibraries() {}

    /** Loads them so that a killed process leaves no file of them in the temporary folder. */
    public static void load() {
        UnpackedLibrary.load(() -> {
            for (Compression compression :
                    List.of(Compression.lz4().build(), Compression.snappy().build())) {
                try (OutputStream out = compression.wrapForOutput(new ByteBufferOutputStream(BUFFER_BYTES), MAGIC)) {
                    out.write(0);
                } catch (IOException impossible) {
                    throw new UncheckedIOException("a buffer in memory can be written", impossible);
                }
            }
        });
    }
}
