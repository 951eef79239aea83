package dev.stampede.training.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table of {@code .npy} files with their labels: the columns {@code file}, from the table's folder on, and
 * {@code label}, and perhaps {@code group}, {@code signal_to_noise}, {@code kind} and {@code fwhm_pixels}. A file may hold
 * several stamps, all with what its line says.
 */
final class IndexFile {
    private static final Set<String> REAL = Set.of("1", "real", "true");
    private static final Set<String> BOGUS = Set.of("0", "bogus", "false");

    private IndexFile() {}

    static List<StampPart> parts(Path index) {
        List<StampPart> parts = new ArrayList<>();
        for (CsvTable.Row row : CsvTable.read(index, List.of("file", "label")).rows()) {
            TruthFile.Row known = TruthFile.Row.of(row);
            String name = row.cell("file");
            parts.add(StampPart.of(index.resolveSibling(name), name, isReal(row), i -> known));
        }
        if (parts.isEmpty()) {
            throw new InvalidDataException(index + " names no files");
        }
        return parts;
    }

    private static boolean isReal(CsvTable.Row row) {
        String label = row.cell("label").toLowerCase(Locale.ROOT);
        if (!REAL.contains(label) && !BOGUS.contains(label)) {
            throw new InvalidDataException(row + " has the label '" + row.cell("label") + "', not 1 or 0");
        }
        return REAL.contains(label);
    }
}
