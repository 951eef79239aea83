package dev.stampede.training.dataset;

import dev.stampede.stamps.simulate.SimulatedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    }

    private final Map<String, Row> rows;

    private TruthFile(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** Reads the file in {@code folder}; where there is none, nothing is known. */
    static TruthFile in(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return new TruthFile(Map.of());
        }
        try {
            return parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new InvalidDataException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    private static TruthFile parse(Path file, List<String> lines) {
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
        int fileColumn = column(file, header, "file");
        int indexColumn = column(file, header, "index");
        Map<String, Row> rows = new HashMap<>();
        for (int line = 1; line < lines.size(); line++) {
            List<String> cells = cells(lines.get(line));
            if (cells.size() != header.size()) {
                throw new InvalidDataException(file + " line " + (line + 1) + " has " + cells.size() + " cells, not "
                        + header.size() + " as its header");
            }
            rows.put(key(cells.get(fileColumn), cells.get(indexColumn)), row(header, cells));
        }
        return new TruthFile(rows);
    }

    private static Row row(List<String> header, List<String> cells) {
        return new Row(
                cell(header, cells, "group"),
                number(cell(header, cells, "signal_to_noise")),
                cell(header, cells, "kind"),
                number(cell(header, cells, "fwhm_pixels")));
    }

    /** Empty where there is no such column. */
    private static String cell(List<String> header, List<String> cells, String name) {
        int column = header.indexOf(name);
        return column < 0 ? "" : cells.get(column);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private static int column(Path file, List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new InvalidDataException(file + " has no column '" + name + "'");
        }
        return column;
    }

    private static double number(String cell) {
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
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
