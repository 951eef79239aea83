package dev.stampede.stamps.results;

import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ArrayShape;
import dev.stampede.stamps.results.format.ResultRow;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.stamp.IntegerImage;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        int image = shape.height() * shape.width();
        int cell = shape.exposures() * image;
        float[] raw = new float[columns.size() * cell];
        for (int plane = 0; plane < columns.size(); plane++) {
            row.arrays().get(plane).copyTo(raw, plane * cell);
        }
        IntegerImage.restore(raw, table.integers().containsAll(columns), shape.height(), shape.width());
        float[] pixels = reading.coadd().isEmpty() ? raw : new float[columns.size() * image];
        reading.coadd().ifPresent(coadd -> {
            for (int plane = 0; plane < columns.size(); plane++) {
                float[] exposures = Arrays.copyOfRange(raw, plane * cell, (plane + 1) * cell);
                maskInvalid(row, exposures, image);
                System.arraycopy(coadd.combine(exposures, shape.exposures(), image), 0, pixels, plane * image, image);
            }
        });
        Optional<String> id =
                Optional.ofNullable(row.fields().get(ResultTable.ID)).filter(text -> !text.isBlank());
        Stamp stamp = Stamp.of(columns.size(), shape.height(), shape.width(), pixels);
        return new StampRow(stamp.withFeatures(FeatureColumns.of(row.fields())), id);
    }

    private void maskInvalid(ResultRow row, float[] exposures, int image) {
        boolean hasValid = row.arrays().size() > columns.size();
        for (int exposure = 0; exposure < shape.exposures(); exposure++) {
            if (hasValid && row.arrays().get(columns.size()).pixel(0, 0, exposure) == 0) {
                Arrays.fill(exposures, exposure * image, (exposure + 1) * image, Float.NaN);
            }
        }
    }

    @Override
    public void close() {
        rows.close();
        table.close();
    }
}
