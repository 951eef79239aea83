package dev.stampede.training.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of comma-separated cells under a line of column names. No cell holds a comma or a quote; blanks around a cell
 * and empty lines are ignored.
 */
final class CsvTable {
    private final Path file;
    private final List<String> header;
    private final List<Row> rows;

    private CsvTable(Path file, List<String> header) {
        this.file = file;
        this.header = header;
        this.rows = new ArrayList<>();
    }

    /** One line of the table. */
    final class Row {
        private final int line;
        private final List<String> cells;

        private Row(int line, List<String> cells) {
            this.line = line;
            this.cells = cells;
        }

        /** The cell under that name; empty where there is no such column. */
        String cell(String column) {
            int place = header.indexOf(column);
            return place < 0 ? "" : cells.get(place);
        }

        /** The cell as a number; NaN where it is none. */
        double number(String column) {
            try {
                return cell(column).isEmpty() ? Double.NaN : Double.parseDouble(cell(column));
            } catch (NumberFormatException notANumber) {
                return Double.NaN;
            }
        }

        /** Where the line is, for messages. */
        @Override
        public String toString() {
            return file + " line " + line;
        }
    }

    /**
     * Reads {@code file}.
     *
     * @param required columns it must have
     * @throws InvalidDataException if it cannot be read, lacks one of them, or a line has another number of cells
     */
    static CsvTable read(Path file, List<String> required) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new InvalidDataException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
        CsvTable table = new CsvTable(file, lines.isEmpty() ? List.of() : cells(lines.get(0)));
        for (String column : required) {
            if (!table.header.contains(column)) {
                throw new InvalidDataException(file + " has no column '" + column + "'");
            }
        }
        for (int line = 1; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                table.add(line + 1, cells(lines.get(line)));
            }
        }
        return table;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private void add(int line, List<String> cells) {
        if (cells.size() != header.size()) {
            throw new InvalidDataException(file + " line " + line + " has " + cells.size() + " cells, not "
                    + header.size() + " as its header");
        }
        rows.add(new Row(line, cells));
    }

    List<Row> rows() {
        return rows;
    }
}
