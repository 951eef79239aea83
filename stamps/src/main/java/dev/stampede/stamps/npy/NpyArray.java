package dev.stampede.stamps.npy;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.file.TemporaryFolder;
import dev.stampede.stamps.npy.NpyHeader.ElementType;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A {@code .npy} file (versions 1 to 3; float, integer, unsigned and boolean elements of either byte order, C or Fortran
 * order), read as floats in C order, row by row. Only requested rows are read, so the file may be larger than memory. Bytes after
 * the array are ignored, as by numpy. Not thread-safe.
 */
public final class NpyArray implements AutoCloseable {
    /** A multiple of the size of every element type. */
    private static final int BUFFER_BYTES = 1 << 16;

    public static final Path STANDARD_INPUT = Path.of("-");

    private final Path file;
    private final FileChannel channel;
    private final NpyHeader header;
    private final int rowSize;
    private final ByteBuffer buffer;

    private NpyArray(Path file, FileChannel channel, NpyHeader header, int rowSize) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.rowSize = rowSize;
        buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(header.byteOrder());
    }

    /** Opens a {@code .npy} file, or the only array of a {@code .npz} archive. */
    public static NpyArray open(Path path) {
        return open(path, List.of());
    }

    /**
     * Opens the array in {@code file}. Standard input, as {@code -}, other pipes and an array of a {@code .npz} archive are
     * first copied to a temporary file.
     *
     * @param names the one array to read of an archive; empty for its only array or the one named {@code stamps}
     * @throws NpyFormatException if the file is not such an array, or shorter than its header requires
     * @throws FileAccessException if it is absent or cannot be read
     */
    public static NpyArray open(Path path, List<String> names) {
        Path file = path.equals(STANDARD_INPUT) ? Path.of("/dev/stdin") : path;
        if (Files.isDirectory(file)) {
            throw new NpyFormatException(file, "is a folder; name a .npy file in it");
        }
        try {
            FileChannel channel = channel(file, names);
            try {
                NpyHeader header = NpyHeader.read(channel, file);
                return new NpyArray(file, channel, header, checkedRowSize(file, header, channel.size()));
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    private static FileChannel channel(Path file, List<String> names) throws IOException {
        if (isPipe(file)) {
            return copy(new FileInputStream(file.toFile()));
        }
        if (NpzEntry.isIn(file)) {
            try (NpzEntry entry = NpzEntry.open(file, names)) {
                return copy(entry.content());
            }
        }
        if (!names.isEmpty()) {
            throw new NpyFormatException(file, "is one array, without columns; leave out --column");
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static boolean isPipe(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    /** Copies what can be read only once and from its start; of another format only the first bytes. */
    private static FileChannel copy(InputStream content) throws IOException {
        FileChannel copy = TemporaryFolder.unnamedFile();
        try (InputStream in = new BufferedInputStream(content)) {
            byte[] bytes = in.readNBytes(NpyHeader.MIN_BYTES);
            boolean isArray = Arrays.mismatch(bytes, NpyHeader.MAGIC) == NpyHeader.MAGIC.length;
            while (bytes.length > 0) {
                write(copy, ByteBuffer.wrap(bytes));
                bytes = isArray ? in.readNBytes(BUFFER_BYTES) : new byte[0];
            }
            return copy;
        } catch (IOException | RuntimeException failure) {
            copy.close();
            throw failure;
        }
    }

    private static void write(FileChannel copy, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                copy.write(bytes);
            }
        } catch (IOException failure) {
            throw TemporaryFolder.unusable(failure);
        }
    }

    private static int checkedRowSize(Path file, NpyHeader header, long fileSize) {
        try {
            long rowSize = header.rowSize();
            long wanted = Math.multiplyExact(
                    Math.multiplyExact(rowSize, header.rows()), header.type().bytes());
            long present = fileSize - header.dataOffset();
            if (wanted > present) {
                throw new NpyFormatException(
                        file,
                        "is truncated: its shape " + header.shape() + " needs " + wanted + " bytes and " + present
                                + " are present; write or copy it again");
            }
            return Math.toIntExact(Math.multiplyExact(rowSize, header.type().bytes()))
                    / header.type().bytes();
        } catch (ArithmeticException overflow) {
            throw new NpyFormatException(
                    file, "has the impossible shape " + header.shape() + "; write it again with numpy.save");
        }
    }

    /** The lengths of the axes; empty for a single number. */
    public List<Long> shape() {
        return header.shape();
    }

    /** The length of the first axis; 1 for a single number. */
    public long rows() {
        return header.rows();
    }

    /** Elements in one row: the product of the lengths of all axes but the first. */
    public int rowSize() {
        return rowSize;
    }

    /** Whether the elements are float64, whose range exceeds that of float. */
    public boolean isDouble() {
        return header.type() == ElementType.F8;
    }

    /** Whether the elements are whole numbers. */
    public boolean isInteger() {
        return header.type().isInteger();
    }

    /** Stores decoded elements. */
    private interface Sink {
        /** Stores the first {@code count} elements of the buffer at {@code offset}, {@code offset + stride} and so on. */
        void put(ByteBuffer source, int count, int offset, int stride);
    }

    /**
     * Copies {@code count} rows, starting at row {@code first}, to {@code target[offset]} and on, each in C order. Numbers
     * that a float cannot represent (int32, float64) are rounded.
     *
     * @throws IndexOutOfBoundsException if the rows or the target are too short
     * @throws FileAccessException if the file cannot be read
     * @throws NpyFormatException if the file became shorter since it was opened
     */
    public void read(long first, int count, float[] target, int offset) {
        Objects.checkFromIndexSize(offset, (long) count * rowSize, (long) target.length);
        read(
                first,
                count,
                offset,
                (source, some, at, stride) -> header.type().decode(source, some, target, at, stride));
    }

    /** The elements of {@code count} rows of float64, in C order. */
    public double[] readDoubles(long first, int count) {
        double[] target = new double[count * rowSize];
        read(first, count, 0, (source, some, at, stride) -> {
            for (int i = 0; i < some; i++) {
                target[at + i * stride] = source.getDouble(i * Double.BYTES);
            }
        });
        return target;
    }

    private void read(long first, int count, int offset, Sink sink) {
        Objects.checkFromIndexSize(first, (long) count, rows());
        try {
            if (!header.fortranOrder()) {
                readRun(first * rowSize, count * rowSize, offset, 1, sink);
            } else if (count > 0) {
                readAcross(first, count, offset, sink);
            }
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    /** In Fortran order the same element of successive rows is contiguous: one run for each element of a row. */
    private void readAcross(long first, int count, int offset, Sink sink) throws IOException {
        List<Long> axes = header.rowShape();
        for (int element = 0; element < rowSize; element++) {
            // Converts the index with the first axis of the row fastest to that with the last axis fastest.
            int rest = element;
            int place = 0;
            int step = rowSize;
            for (long length : axes) {
                step /= (int) length;
                place += (int) (rest % length) * step;
                rest /= (int) length;
            }
            readRun(element * rows() + first, count, offset + place, rowSize, sink);
        }
    }

    private void readRun(long firstElement, int count, int offset, int stride, Sink sink) throws IOException {
        int max = BUFFER_BYTES / header.type().bytes();
        int left = count;
        while (left > 0) {
            int some = Math.min(max, left);
            int done = count - left;
            fillBuffer(firstElement + done, some);
            sink.put(buffer, some, offset + done * stride, stride);
            left -= some;
        }
    }

    private void fillBuffer(long firstElement, int count) throws IOException {
        buffer.clear().limit(count * header.type().bytes());
        long at = header.dataOffset() + firstElement * header.type().bytes();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new NpyFormatException(file, "became shorter while it was read; write or copy it again");
            }
        }
        buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }
}
