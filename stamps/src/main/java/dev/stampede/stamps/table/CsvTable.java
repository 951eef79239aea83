package dev.stampede.stamps.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * A table of comma-separated values in UTF-8 (RFC 4180) with a header line of column names. Cells may be quoted, lines
 * may end with LF or CRLF, and a byte order mark is skipped. Blanks around a cell and empty lines are ignored.
 */
public final class CsvTable {
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build();

    private static final List<String> SEPARATORS = List.of(";", "\t");

    private final Path file;
    private final List<String> columns;
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(Path file, Row header) {
        this.file = file;
        this.columns = header.cells;
        if (new HashSet<>(columns).size() < columns.size()) {
            throw header.invalid("has a column name twice: " + columns);
        }
    }

    /** One line of the table. */
    public static final class Row {
        private final Path file;
        private final int line;
        private final List<String> columns;
        private final List<String> cells;

        private Row(Path file, int line, List<String> columns, List<String> cells) {
            this.file = file;
            this.line = line;
            this.columns = columns;
            this.cells = cells;
        }

        /** The cell in that column; empty if the table has no such column. */
        public String cell(String column) {
            int place = columns.indexOf(column);
            return place < 0 ? "" : cells.get(place);
        }

        /** The cell as a number; NaN if it is empty or not a number. */
        public double number(String column) {
            try {
                return Double.parseDouble(cell(column));
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        /** The number of the line in the file, from 1. */
        public int line() {
            return line;
        }

        /** An exception about this line; {@code problem} continues the sentence "FILE line 3". */
        public InvalidTableException invalid(String problem) {
            return new InvalidTableException(this + " " + problem, null);
        }

        /** An exception about one cell; {@code problem} continues the sentence "FILE line 3, column x: 'abc'". */
        public InvalidTableException invalid(String column, String problem) {
            return new InvalidTableException(this + ", column " + column + ": '" + cell(column) + "' " + problem, null);
        }

        /** File and line, for messages. */
        @Override
        public String toString() {
            return file + " line " + line;
        }
    }

    /**
     * Reads {@code file}.
     *
     * @throws InvalidTableException if it cannot be read, is not such a table, or lacks one of the {@code required} columns
     */
    public static CsvTable read(Path file, String... required) {
        List<Row> lines = parse(file, text(file, bytes(file)));
        if (lines.isEmpty()) {
            throw new InvalidTableException(file + " is empty; its first line must contain the column names", null);
        }
        CsvTable table = new CsvTable(file, lines.get(0));
        for (String column : required) {
            if (!table.columns.contains(column)) {
                requireCommas(lines.get(0));
                throw lines.get(0).invalid("has no column '" + column + "'; the columns are " + table.columns);
            }
        }
        lines.subList(1, lines.size()).forEach(table::add);
        return table;
    }

    /** Spreadsheets of some countries separate cells by semicolons. */
    private static void requireCommas(Row header) {
        for (String separator : SEPARATORS) {
            if (header.cells.size() == 1 && header.cells.get(0).contains(separator)) {
                throw header.invalid(
                        "separates its columns by '" + separator.replace("\t", "\\t") + "'; save it with commas");
            }
        }
    }

    /**
     * The column names in the first line of {@code file}.
     *
     * @param line its bytes
     * @throws InvalidTableException if it is not such a line
     */
    public static List<String> columns(Path file, byte[] line) {
        return List.copyOf(new CsvTable(file, parse(file, text(file, line)).get(0)).columns);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidTableException("Cannot read " + file + ": " + FailureReason.of(e), e);
        }
    }

    private static String text(Path file, byte[] bytes) {
        // Two bytes a character: a byte order mark, or a zero next to the first letter.
        if (bytes.length >= 2 && (bytes[0] == -1 || bytes[0] == -2 || bytes[0] == 0 || bytes[1] == 0)) {
            throw new InvalidTableException(file + " is in UTF-16; save it as UTF-8", null);
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidTableException(file + " is not in UTF-8; save it as UTF-8", e);
        }
    }

    private static List<Row> parse(Path file, String text) {
        List<Row> lines = new ArrayList<>();
        int line = 1;
        try (CsvParser parser = FACTORY.createParser(text)) {
            parser.nextToken(); // the start of the table
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                List<String> cells = new ArrayList<>();
                line = parser.currentLocation().getLineNr();
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    cells.add(parser.getText().strip());
                }
                lines.add(new Row(file, line, List.of(), List.copyOf(cells)));
            }
            return lines;
        } catch (JsonProcessingException e) {
            throw new InvalidTableException(file + " line " + line + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can always be read", e);
        }
    }

    private void add(Row row) {
        if (row.cells.size() != columns.size()) {
            throw row.invalid("has " + row.cells.size() + " cells, but the header has " + columns.size());
        }
        rows.add(new Row(file, row.line, columns, row.cells));
    }

    /** The column names, in the order of the file. */
    public List<String> columns() {
        return columns;
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }
}
