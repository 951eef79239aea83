package dev.stampede.training.dataset;

import dev.stampede.stamps.simulate.SimulatedFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of the stamps of a folder: the file {@code truth.csv}, one row a stamp, found by file and index. */
final class TruthFile {
    static final String NAME = SimulatedFolder.TRUTH;

    /**
     * What is known of one stamp.
     *
     * @param group stamps that show the same sky share it; empty where the stamp stands alone
     * @param signalToNoise matched-filter S/N; NaN where it is not known
     * @param kind what it shows, such as {@code noise_peak}; empty where it is not known
     * @param fwhmPixels full width at half maximum of the object in the coadd; NaN where it is not known
     */
    record Row(String group, double signalToNoise, String kind, double fwhmPixels) {
        static final Row UNKNOWN = new Row("", Double.NaN, "", Double.NaN);

        static Row of(CsvTable.Row row) {
            return new Row(
                    row.cell("group"), row.number("signal_to_noise"), row.cell("kind"), row.number("fwhm_pixels"));
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    /** Reads the file in {@code folder}; where there is none, nothing is known. */
    static TruthFile in(Path folder) {
        TruthFile truth = new TruthFile();
        Path file = folder.resolve(NAME);
        if (Files.exists(file)) {
            for (CsvTable.Row row :
                    CsvTable.read(file, List.of("file", "index")).rows()) {
                truth.rows.put(key(row.cell("file"), row.cell("index")), Row.of(row));
            }
        }
        return truth;
    }

    private static String key(String file, String index) {
        return file + " " + index;
    }

    /** What is known of the stamp at {@code index} of the file of that name. */
    Row of(String stampFile, int index) {
        return Optional.ofNullable(rows.get(key(stampFile, String.valueOf(index))))
                .orElse(Row.UNKNOWN);
    }
}
