package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes images of one size, such as stamps or occlusion maps, as an array (N, rows, columns), or (N, planes, rows, columns)
 * for several planes. It appears when it is committed.
 */
public final class StampArrayFile implements AutoCloseable {
    private final @Nullable AtomicFile file;
    private final @Nullable NpyWriter writer;
    private final float[] row;

    private StampArrayFile(@Nullable AtomicFile file, int planes, int size) {
        this.file = file;
        int[] shape = planes == 1 ? new int[] {size, size} : new int[] {planes, size, size};
        this.writer = file == null ? null : NpyWriter.create(file.temporary(), shape);
        this.row = new float[planes * size * size];
    }

    /**
     * Begins {@code file}; writes nothing if it is null.
     *
     * @throws FileAccessException if it cannot be written
     */
    public static StampArrayFile create(@Nullable Path file, int planes, int size) {
        if (file == null) {
            return new StampArrayFile(null, planes, size);
        }
        try {
            return new StampArrayFile(AtomicFile.begin(file), planes, size);
        } catch (IOException failure) {
            throw FileAccessException.writing(file, failure);
        }
    }

    /** Appends a stamp of the planes and the size of the file. */
    public void write(Stamp stamp) {
        if (writer != null) {
            stamp.copyTo(row, 0);
            writer.write(row, 0, 1);
        }
    }

    /** Appends an occlusion map of the size of the file. */
    public void write(Grid map) {
        if (writer != null) {
            map.copyTo(row, 0);
            writer.write(row, 0, 1);
        }
    }

    /** Appends an image of NaN. */
    public void writeMissing() {
        if (writer != null) {
            Arrays.fill(row, Float.NaN);
            writer.write(row, 0, 1);
        }
    }

    /** Completes the file. */
    public void commit() throws IOException {
        if (writer != null && file != null) {
            writer.close();
            file.commit();
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null && file != null) {
            try (file) {
                writer.close();
            }
        }
    }
}
