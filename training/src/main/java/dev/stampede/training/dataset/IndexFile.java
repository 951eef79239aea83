package dev.stampede.training.dataset;

import dev.stampede.stamps.table.CsvTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of arrays and results tables with the columns {@code file}, relative to the folder of the table, and {@code label}, and
 * optionally {@code group}, {@code signal_to_noise}, {@code kind} and {@code fwhm_pixels}. A row applies to all stamps of
 * its file.
 */
final class IndexFile {
    private IndexFile() {}

    static List<StampFilePart> parts(Path index) {
        List<StampFilePart> parts = new ArrayList<>();
        for (CsvTable.Row row : TruthFile.read(index, "file", "label").rows()) {
            TruthFile.Row metadata = TruthFile.Row.of(row);
            String name = row.cell("file");
            parts.add(StampFilePart.of(
                    index.resolveSibling(name), name, LabelText.isReal(row.cell("label"), row), i -> metadata));
        }
        if (parts.isEmpty()) {
            throw new InvalidDataException(index + " names no files.");
        }
        return parts;
    }
}
