package dev.stampede.training.job;

import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.stamps.table.InvalidTableException;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.InvalidDataException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labelled stamps of an export.
 *
 * @param real stamps with a source, 0 or more
 * @param bogus stamps without, 0 or more
 * @param bySource stamps by the source of the label, such as {@code EXPERT}
 */
public record LabelCounts(long real, long bogus, Map<String, Long> bySource) {
    static final LabelCounts NONE = new LabelCounts(0, 0, Map.of());

    public LabelCounts {
        bySource = Map.copyOf(bySource);
    }

    /**
     * Counts the stamps of a label export.
     *
     * @throws InvalidDataException if the folder is not an export
     */
    static LabelCounts of(Path export) {
        Map<String, Long> bySource = new TreeMap<>();
        long real = 0;
        long bogus = 0;
        try {
            for (CsvTable.Row row : CsvTable.read(export.resolve(SimulatedFolder.TRUTH), "file", "label_source")
                    .rows()) {
                bySource.merge(row.cell("label_source"), 1L, Long::sum);
                if (row.cell("file").equals(DataFolder.SOURCES)) {
                    real++;
                } else {
                    bogus++;
                }
            }
        } catch (InvalidTableException failure) {
            throw new InvalidDataException(String.valueOf(failure.getMessage()), failure);
        }
        return new LabelCounts(real, bogus, bySource);
    }

    /** The size of the smaller class. */
    long ofSmallerClass() {
        return Math.min(real, bogus);
    }
}
