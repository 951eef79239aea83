package dev.stampede.training.dataset;

import dev.stampede.stamps.table.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table of {@code .npy} files with the columns {@code file}, relative to the folder of the table, and {@code label}, and
 * optionally {@code group}, {@code signal_to_noise}, {@code kind} and {@code fwhm_pixels}. A row applies to all stamps of
 * its file.
 */
final class IndexFile {
    private static final Set<String> REAL = Set.of("1", "real", "true");
    private static final Set<String> BOGUS = Set.of("0", "bogus", "false");

    private IndexFile() {}

    static List<StampFilePart> parts(Path index) {
        List<StampFilePart> parts = new ArrayList<>();
        for (CsvTable.Row row : TruthFile.read(index, "file", "label").rows()) {
            TruthFile.Row metadata = TruthFile.Row.of(row);
            String name = row.cell("file");
            parts.add(StampFilePart.of(index.resolveSibling(name), name, isReal(row), i -> metadata));
        }
        if (parts.isEmpty()) {
            throw new InvalidDataException(index + " names no files.");
        }
        return parts;
    }

    private static boolean isReal(CsvTable.Row row) {
        String label = row.cell("label").toLowerCase(Locale.ROOT);
        if (!REAL.contains(label) && !BOGUS.contains(label)) {
            throw new InvalidDataException(row + " has the label '" + row.cell("label") + "', not 1 or 0.");
        }
        return REAL.contains(label);
    }
}
