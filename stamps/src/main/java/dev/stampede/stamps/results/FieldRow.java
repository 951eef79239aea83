package dev.stampede.stamps.results;

import dev.stampede.stamps.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The numbers and texts of a candidate.
 *
 * @param file for messages
 * @param place of the row in the file for messages, such as {@code line 3}
 * @param cells by column, exact to the last digit; a masked cell is empty or absent
 */
public record FieldRow(Path file, String place, Map<String, String> cells) {
    public FieldRow {
        cells = Map.copyOf(cells);
    }

    /** The cell in that column; empty if there is none. */
    public String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    /** An exception about this row; {@code problem} continues the sentence "FILE line 3". */
    public InvalidInputException invalid(String problem) {
        return new InvalidInputException(this + " " + problem + ".");
    }

    /** An exception about one cell; {@code problem} continues the sentence "FILE line 3, column x: 'abc'". */
    public InvalidInputException invalid(String column, String problem) {
        return new InvalidInputException(this + ", column " + column + ": '" + cell(column) + "' " + problem + ".");
    }

    /** File and place, for messages. */
    @Override
    public String toString() {
        return file + " " + place;
    }
}
