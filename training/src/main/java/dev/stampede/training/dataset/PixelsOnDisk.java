package dev.stampede.training.dataset;

import dev.stampede.stamps.file.TemporaryFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Rows of pixels in a memory-mapped temporary file without a name, whose space is freed when the process ends. */
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

        private final FileChannel channel;
        private final ByteBuffer buffer;
        private final int rowSize;

        private Filling(FileChannel channel, int rowSize) {
            this.channel = channel;
            this.rowSize = rowSize;
            int rows = Math.max(1, BUFFER_BYTES / (rowSize * Float.BYTES));
            buffer = ByteBuffer.allocateDirect(rows * rowSize * Float.BYTES).order(ByteOrder.nativeOrder());
        }

        static Filling begin(int rowSize) {
            return new Filling(TemporaryFolder.unnamedFile(), rowSize);
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
                    "The stamps do not fit in memory; give it more with STAMPEDE_JAVA_OPTIONS=-Xmx8g. "
                            + TemporaryFolder.unusable(failure).getMessage(),
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
            } catch (IOException failure) {
                throw failed(failure);
            }
            return new PixelsOnDisk(blocks, rowSize, blockRows);
        }
    }
}
