package dev.stampede.stamps.npy;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes rows of floats to a {@code .npy} file (version 1.0, little-endian float32, C order) as they come. The header,
 * which contains their number, is written by {@link #close}; until then, and after a failure, readers reject the file
 * instead of reading a shorter array. Not thread-safe.
 */
public final class NpyWriter implements AutoCloseable {
    /** The alignment of the elements, as in numpy. */
    private static final int ALIGNMENT = 64;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final int[] rowShape;
    private final int rowSize;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long rows;
    private boolean failed;

    private NpyWriter(Path file, FileChannel channel, int[] rowShape, int rowSize) {
        this.file = file;
        this.channel = channel;
        this.rowShape = rowShape;
        this.rowSize = rowSize;
    }

    /**
     * Begins an array of shape [N, rowShape...] in {@code file} and replaces an existing one; N rows follow.
     *
     * @throws IllegalArgumentException if an axis is below 1
     * @throws FileAccessException if the file cannot be written
     */
    public static NpyWriter create(Path file, int... rowShape) {
        int rowSize = 1;
        for (int length : rowShape) {
            if (length < 1) {
                throw new IllegalArgumentException("rows of shape " + Arrays.toString(rowShape));
            }
            rowSize = Math.multiplyExact(rowSize, length);
        }
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            NpyWriter writer = new NpyWriter(file, channel, rowShape.clone(), rowSize);
            writer.buffer.put(new byte[writer.header().length]);
            return writer;
        } catch (IOException failure) {
            throw FileAccessException.writing(file, failure);
        }
    }

    /**
     * Appends {@code count} rows that start at {@code values[offset]}.
     *
     * @throws FileAccessException if the file cannot be written, such as on a full disk
     */
    public void write(float[] values, int offset, int count) {
        int end = Math.addExact(offset, Math.multiplyExact(count, rowSize));
        try {
            for (int i = offset; i < end; i++) {
                if (buffer.remaining() < Float.BYTES) {
                    flush();
                }
                buffer.putFloat(values[i]);
            }
        } catch (IOException failure) {
            throw broken(failure);
        }
        rows += count;
    }

    /**
     * Appends the pixels of {@code stamp} as one row; masked ones are written as NaN.
     *
     * @throws IllegalArgumentException if the stamp has a different number of pixels than a row
     * @throws FileAccessException if the file cannot be written, such as on a full disk
     */
    public void write(Stamp stamp) {
        if ((long) stamp.planes() * stamp.height() * stamp.width() != rowSize) {
            throw new IllegalArgumentException(
                    "a " + stamp + " in an array of rows of shape " + Arrays.toString(rowShape));
        }
        float[] pixels = new float[rowSize];
        stamp.copyTo(pixels, 0);
        write(pixels, 0, 1);
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private FileAccessException broken(IOException failure) {
        failed = true;
        return FileAccessException.writing(file, failure);
    }

    private byte[] header() {
        String axes = IntStream.of(rowShape).mapToObj(length -> ", " + length).collect(Collectors.joining());
        // Padded for the maximum count, so that the length does not change when the count is known.
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }";
        int longest = String.format(dictionary, Long.MAX_VALUE, axes.isEmpty() ? "," : axes)
                .length();
        int prefix = NpyHeader.MAGIC.length + 4;
        int whole = (prefix + longest + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] text =
                String.format(dictionary, rows, axes.isEmpty() ? "," : axes).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[whole];
        Arrays.fill(bytes, (byte) ' ');
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NpyHeader.MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (whole - prefix))
                .put(text);
        bytes[whole - 1] = '\n';
        return bytes;
    }

    /**
     * Writes the header and closes the file.
     *
     * @throws FileAccessException if that fails, unless a write has already failed
     */
    @Override
    public void close() {
        try (channel) {
            if (!failed && channel.isOpen()) {
                flush();
                ByteBuffer header = ByteBuffer.wrap(header());
                while (header.hasRemaining()) {
                    channel.write(header, header.position());
                }
            }
        } catch (IOException failure) {
            throw broken(failure);
        }
    }
}
