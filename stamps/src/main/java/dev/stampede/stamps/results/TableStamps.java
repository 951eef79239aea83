package dev.stampede.stamps.results;

import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ArrayShape;
import dev.stampede.stamps.results.format.ResultRow;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stamps in columns of a table, one for each plane, or coadded from a column of exposures. */
final class TableStamps implements StampSource {
    /** The truth values of the exposures that the search kept; KBMOD coadds only these. */
    private static final String VALID = "obs_valid";

    private final ResultTable table;
    private final StampReading reading;
    private final List<String> columns;
    private final ArrayShape shape;
    private final RowSequence rows;

    private TableStamps(ResultTable table, StampReading reading, List<String> columns) {
        this.table = table;
        this.reading = reading;
        this.columns = columns;
        this.shape = ImageColumns.shape(table, columns, reading);
        List<String> read = new ArrayList<>(columns);
        ArrayShape valid = table.arrays().get(VALID);
        if (reading.coadd().isPresent() && valid != null && valid.size() == shape.exposures()) {
            read.add(VALID);
        }
        rows = new RowSequence(table, read);
    }

    /** The stamps of {@code table}, which is closed with them, or if it lacks them. */
    static TableStamps of(ResultTable table, StampReading reading) {
        try {
            return new TableStamps(table, reading, ImageColumns.choose(table, reading));
        } catch (RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public int planes() {
        return columns.size();
    }

    @Override
    public List<Plane> namedPlanes() {
        List<Plane> named = columns.stream()
                .flatMap(name -> ImageColumns.plane(name).stream())
                .toList();
        return named.size() == columns.size() ? named : List.of();
    }

    @Override
    public int height() {
        return shape.height();
    }

    @Override
    public int width() {
        return shape.width();
    }

    @Override
    public StampRow row(long index) {
        ResultRow row = rows.row(index);
        List<Stamp> planes = new ArrayList<>();
        for (int plane = 0; plane < columns.size(); plane++) {
            planes.add(plane(row, plane));
        }
        return new StampRow(planes.size() == 1 ? planes.get(0) : Stamp.join(planes), row.fields());
    }

    private Stamp plane(ResultRow row, int plane) {
        Stamp cell = row.arrays().get(plane);
        float[] pixels = new float[cell.pixels()];
        cell.copyTo(pixels, 0);
        if (reading.coadd().isEmpty()) {
            return cell.height() == shape.height() && cell.width() == shape.width()
                    ? cell
                    : Stamp.of(1, shape.height(), shape.width(), pixels); // was flattened
        }
        int size = shape.height() * shape.width();
        boolean hasValid = row.arrays().size() > columns.size();
        for (int exposure = 0; exposure < shape.exposures(); exposure++) {
            if (hasValid && row.arrays().get(columns.size()).pixel(0, 0, exposure) == 0) {
                Arrays.fill(pixels, exposure * size, (exposure + 1) * size, Float.NaN);
            }
        }
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = MaskRule.NOT_FINITE_OR_ZERO.masks(pixels[i]) ? Float.NaN : pixels[i];
        }
        return Stamp.of(
                1,
                shape.height(),
                shape.width(),
                reading.coadd().orElseThrow().combine(pixels, shape.exposures(), size));
    }

    @Override
    public void close() {
        rows.close();
        table.close();
    }
}
