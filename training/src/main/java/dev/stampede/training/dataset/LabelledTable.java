package dev.stampede.training.dataset;

import dev.stampede.stamps.results.FieldRow;
import dev.stampede.stamps.results.FieldTable;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A results table of a search in which a column holds the labels of the candidates. */
final class LabelledTable {
    private LabelledTable() {}

    /**
     * The stamps in {@code table}.
     *
     * @throws InvalidDataException if no column is named, the table lacks it, or a label is neither 1 nor 0
     */
    static List<StampFilePart> parts(Path table, Optional<String> labelColumn) {
        String column = labelColumn.orElseThrow(() -> new InvalidDataException(table
                + " is a results table; name its column of labels, 1 for real and 0 for bogus, with --label-column."));
        BitSet real = new BitSet();
        try (FieldTable fields = FieldTable.open(table)) {
            if (!fields.columns().contains(column)) {
                throw new InvalidDataException(
                        table + " has no column '" + column + "'; the columns are " + fields.columns() + ".");
            }
            for (int index = 0; index < fields.size(); index++) {
                FieldRow row = fields.row(index);
                real.set(index, LabelText.isReal(row.cell(column), row));
            }
        }
        return List.of(new StampFilePart(
                table, String.valueOf(table.getFileName()), real::get, index -> TruthFile.Row.UNKNOWN));
    }
}
