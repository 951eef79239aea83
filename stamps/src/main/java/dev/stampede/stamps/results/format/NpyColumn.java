package dev.stampede.stamps.results.format;

import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.stamp.FloatRange;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A column of arrays as KBMOD writes it to a separate {@code .npy} file, one row for each candidate. */
final class NpyColumn implements ResultTable {
    private final Path file;
    private final String column;
    private final NpyArray array;
    private final ArrayShape shape;

    private NpyColumn(Path file, String column, NpyArray array, ArrayShape shape) {
        this.file = file;
        this.column = column;
        this.array = array;
        this.shape = shape;
    }

    static NpyColumn open(Path file, String column) {
        NpyArray array = NpyArray.open(file);
        List<Long> axes = array.shape();
        ArrayShape shape = axes.isEmpty()
                ? null
                : ArrayShape.of(axes.subList(1, axes.size()).stream()
                                .map(Long::intValue)
                                .toList())
                        .orElse(null);
        if (shape == null) {
            array.close();
            throw new ResultsFormatException(
                    file, "holds an array of shape " + axes + ", not one image or stack for each row");
        }
        return new NpyColumn(file, column, array, shape);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long size() {
        return array.rows();
    }

    @Override
    public List<String> fields() {
        return List.of();
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        return Map.of(column, shape);
    }

    @Override
    public Set<String> integers() {
        return array.isInteger() ? Set.of(column) : Set.of();
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        return new RowCursor() {
            private long next;

            @Override
            public ResultRow next() {
                float[] elements = new float[shape.size()];
                if (array.isDouble()) {
                    elements = FloatRange.pixels(array.readDoubles(next, 1));
                } else {
                    array.read(next, 1, elements, 0);
                }
                Stamp stamp = Stamp.of(shape.exposures(), shape.height(), shape.width(), elements);
                return new ResultRow("row " + next++, Map.of(), List.of(stamp));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        array.close();
    }
}
