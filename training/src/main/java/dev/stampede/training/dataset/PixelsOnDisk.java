package dev.stampede.training.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of pixels in a memory-mapped temporary file. The file is deleted once it is mapped, and its space is freed when the
 * process ends.
 */
final class PixelsOnDisk implements PixelStore {
    /** A mapping is limited to 2 GiB. */
    private static final int MAX_BLOCK_FLOATS = 1 << 28;

    private final List<FloatBuffer> blocks;
    private final int rowSize;
    private final int blockRows;

    private PixelsOnDisk(List<FloatBuffer> blocks, int rowSize, int blockRows) {
        this.blocks = blocks;
        this.rowSize = rowSize;
        this.blockRows = blockRows;
    }

    @Override
    public void copyTo(int row, float[] target, int offset) {
        blocks.get(row / blockRows).get(row % blockRows * rowSize, target, offset, rowSize);
    }

    @Override
    public float pixel(int row, int pixel) {
        return blocks.get(row / blockRows).get(row % blockRows * rowSize + pixel);
    }

    /** Fills the file by plain writes, which fail with an exception if the disk is full; a mapping would crash. */
    static final class Filling implements Writer {
        private static final int BUFFER_BYTES = 1 << 20;

        private final Path file;
        private final FileChannel channel;
        private final ByteBuffer buffer;
        private final int rowSize;

        private Filling(Path file, FileChannel channel, int rowSize) {
            this.file = file;
            this.channel = channel;
            this.rowSize = rowSize;
            int rows = Math.max(1, BUFFER_BYTES / (rowSize * Float.BYTES));
            buffer = ByteBuffer.allocateDirect(rows * rowSize * Float.BYTES).order(ByteOrder.nativeOrder());
        }

        static Filling begin(int rowSize) {
            try {
                Path file = Files.createTempFile("stampede-pixels", ".tmp");
                return new Filling(
                        file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), rowSize);
            } catch (IOException failure) {
                throw new InvalidDataException(
                        "The stamps do not fit in memory and no temporary file can be created: " + failure + ".",
                        failure);
            }
        }

        @Override
        public void add(float[] source, int offset) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            for (int i = 0; i < rowSize; i++) {
                buffer.putFloat(source[offset + i]);
            }
        }

        private void flush() {
            buffer.flip();
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException failure) {
                throw failed(failure);
            }
            buffer.clear();
        }

        private InvalidDataException failed(IOException failure) {
            return new InvalidDataException(
                    "The stamps do not fit in memory and cannot be written to " + file + ": " + failure.getMessage()
                            + "; set STAMPEDE_JAVA_OPTIONS to a larger heap (-Xmx) or another temporary folder"
                            + " (-Djava.io.tmpdir).",
                    failure);
        }

        @Override
        public PixelStore done() {
            flush();
            int blockRows = MAX_BLOCK_FLOATS / rowSize;
            long blockBytes = (long) blockRows * rowSize * Float.BYTES;
            List<FloatBuffer> blocks = new ArrayList<>();
            try (channel) {
                for (long at = 0; at < channel.size(); at += blockBytes) {
                    long bytes = Math.min(blockBytes, channel.size() - at);
                    blocks.add(channel.map(FileChannel.MapMode.READ_ONLY, at, bytes)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer());
                }
                Files.delete(file);
            } catch (IOException failure) {
                throw failed(failure);
            }
            return new PixelsOnDisk(blocks, rowSize, blockRows);
        }
    }
}
