package dev.stampede.streaming.offline;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.npy.NpyWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes occlusion maps as an array (N, rows, columns). */
public final class OcclusionMapFile implements AutoCloseable {
    private final @Nullable NpyWriter writer;
    private final float[] map;

    private OcclusionMapFile(@Nullable NpyWriter writer, int size) {
        this.writer = writer;
        this.map = new float[size * size];
    }

    /** Creates {@code file}; writes nothing if it is null. */
    public static OcclusionMapFile create(@Nullable Path file, int size) {
        return new OcclusionMapFile(file == null ? null : NpyWriter.create(file, size, size), size);
    }

    /** Appends a map; all NaN for an abstention. */
    public void write(Explanation explanation) {
        if (writer != null) {
            Arrays.fill(map, Float.NaN);
            explanation.map().ifPresent(result -> result.pixels().copyTo(map, 0));
            writer.write(map, 0, 1);
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
