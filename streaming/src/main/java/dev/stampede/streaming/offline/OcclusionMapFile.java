package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes occlusion maps as an array (N, rows, columns), which appears when it is committed. */
public final class OcclusionMapFile implements AutoCloseable {
    private final @Nullable AtomicFile file;
    private final @Nullable NpyWriter writer;
    private final float[] map;

    private OcclusionMapFile(@Nullable AtomicFile file, int size) {
        this.file = file;
        this.writer = file == null ? null : NpyWriter.create(file.temporary(), size, size);
        this.map = new float[size * size];
    }

    /**
     * Begins {@code file}; writes nothing if it is null.
     *
     * @throws FileAccessException if it cannot be written
     */
    public static OcclusionMapFile create(@Nullable Path file, int size) {
        if (file == null) {
            return new OcclusionMapFile(null, size);
        }
        AtomicFile.requireWritable(file);
        try {
            return new OcclusionMapFile(AtomicFile.begin(file), size);
        } catch (IOException failure) {
            throw FileAccessException.writing(file, failure);
        }
    }

    /** Appends a map; all NaN for an abstention. */
    public void write(Explanation explanation) {
        if (writer != null) {
            Arrays.fill(map, Float.NaN);
            explanation.map().ifPresent(result -> result.pixels().copyTo(map, 0));
            writer.write(map, 0, 1);
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
