package dev.stampede.training.dataset;

import dev.stampede.stamps.results.FeatureColumns;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.stamps.table.InvalidTableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The metadata of the stamps of a folder: the file {@code truth.csv}, one row per stamp, by file and index. */
final class TruthFile {
    static final String NAME = SimulatedFolder.TRUTH;

    /**
     * The metadata of one stamp.
     *
     * @param group shared by stamps of the same sky; empty for none
     * @param signalToNoise matched-filter S/N; NaN if unknown
     * @param kind of object, such as {@code noise_peak}; empty if unknown
     * @param fwhmPixels full width at half maximum of the object in the coadd; NaN if unknown
     * @param labelSource the source of the label, such as {@code EXPERT}; empty if unknown
     * @param features what the search knows of the candidate
     */
    record Row(
            String group,
            double signalToNoise,
            String kind,
            double fwhmPixels,
            String labelSource,
            CandidateFeatures features) {
        static final Row UNKNOWN = new Row("", Double.NaN, "", Double.NaN, "");

        /** Without features. */
        Row(String group, double signalToNoise, String kind, double fwhmPixels, String labelSource) {
            this(group, signalToNoise, kind, fwhmPixels, labelSource, CandidateFeatures.NONE);
        }

        static Row of(CsvTable.Row row) {
            return new Row(
                    row.cell("group"),
                    row.number("signal_to_noise"),
                    row.cell("kind"),
                    row.number("fwhm_pixels"),
                    row.cell("label_source"),
                    FeatureColumns.of(row::number));
        }

        /** The same with the features of {@code stamp}, unless it has its own. */
        Row completedBy(Stamp stamp) {
            return !features.equals(CandidateFeatures.NONE) || stamp.features().equals(CandidateFeatures.NONE)
                    ? this
                    : new Row(group, signalToNoise, kind, fwhmPixels, labelSource, stamp.features());
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    /** Reads the file in {@code folder}; without one, all metadata is unknown. */
    static TruthFile in(Path folder) {
        TruthFile truth = new TruthFile();
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            for (CsvTable.Row row : read(file, "file", "index").rows()) {
                truth.rows.put(key(row.cell("file"), row.cell("index")), Row.of(row));
            }
        }
        return truth;
    }

    /** Reads a table of a data set. */
    static CsvTable read(Path file, String... required) {
        try {
            return CsvTable.read(file, required);
        } catch (InvalidTableException failure) {
            throw new InvalidDataException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private static String key(String file, String index) {
        return file + " " + index;
    }

    /** The metadata of the stamp at {@code index} of a file. */
    Row of(String stampFile, int index) {
        return Optional.ofNullable(rows.get(key(stampFile, String.valueOf(index))))
                .orElse(Row.UNKNOWN);
    }
}
