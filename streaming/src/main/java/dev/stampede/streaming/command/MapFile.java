package dev.stampede.streaming.command;

import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.npy.NpyWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The maps of stamps as an array (N, rows, columns), where one is asked for. */
final class MapFile implements AutoCloseable {
    private final Optional<NpyWriter> writer;
    private final float[] map;

    private MapFile(Optional<NpyWriter> writer, int size) {
        this.writer = writer;
        this.map = new float[size * size];
    }

    /** Begins the file, or does nothing from here on where there is none. */
    static MapFile create(Optional<Path> file, int size) {
        return new MapFile(file.map(path -> NpyWriter.create(path, size, size)), size);
    }

    /** Appends a map; NaN throughout where the stamp was not judged. */
    void write(Explanation explanation) {
        Arrays.fill(map, Float.NaN);
        explanation.map().ifPresent(made -> made.pixels().copyTo(map, 0));
        writer.ifPresent(file -> file.write(map, 0, 1));
    }

    @Override
    public void close() {
        writer.ifPresent(NpyWriter::close);
    }
}
