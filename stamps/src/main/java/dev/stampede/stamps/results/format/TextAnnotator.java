package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.table.CsvTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Annotates tables of separated values: ECSV and CSV. All bytes of the table stay as they are. */
final class TextAnnotator implements TableAnnotator {
    private final Path file;
    private final int comments;
    private final char separator;
    private final TextRows lines;
    private final OutputStream out;
    private long rows;
    private int columns;
    private long row;

    private TextAnnotator(Path file, int comments, char separator, SeekableByteChannel out) {
        this.file = file;
        this.comments = comments;
        this.separator = separator;
        this.lines = new TextRows(file, comments, separator);
        this.out = TableAnnotator.stream(out);
    }

    /** Begins a copy of a CSV table. */
    static TextAnnotator csv(Path file, SeekableByteChannel out) throws IOException {
        return new TextAnnotator(file, 0, ',', out).begin(Optional.empty());
    }

    /** Begins a copy of an ECSV table, whose metadata gets the columns too. */
    static TextAnnotator ecsv(Path file, SeekableByteChannel out) throws IOException {
        try (EcsvTable table = EcsvTable.open(file)) {
            AnnotationColumn.requireAbsent(file, table.columns());
            TableMeta.AnnotationLines added = table.annotationLines();
            return new TextAnnotator(file, table.headerLines(), table.separator(), out).begin(Optional.of(added));
        }
    }

    private TextAnnotator begin(Optional<TableMeta.AnnotationLines> added) throws IOException {
        try {
            if (added.isPresent()) {
                copyComments(added.get());
            }
            copyNames();
            rows = TextRows.count(file, comments, separator) - 1;
            return this;
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void copyComments(TableMeta.AnnotationLines added) throws IOException {
        for (int line = 1; line <= comments; line++) {
            lines.next();
            copyLine();
            if (line == added.after()) {
                for (String column : added.lines()) {
                    out.write(("# " + column).getBytes(UTF_8));
                    lines.writeEnd(out);
                }
            }
        }
    }

    private void copyLine() throws IOException {
        lines.writeContent(out);
        lines.writeEnd(out);
    }

    /** Copies the line of column names, which an ECSV table describes in its metadata too. */
    private void copyNames() throws IOException {
        if (!nextRow()) {
            throw new ResultsFormatException(file, "is empty; its first line must contain the column names");
        }
        columns = lines.cells();
        if (comments == 0) {
            AnnotationColumn.requireAbsent(file, CsvTable.columns(file, lines.content()));
        }
        append(Stream.of(AnnotationColumn.values()).map(AnnotationColumn::columnName));
    }

    /** Reads the next row, and copies empty lines before it. */
    private boolean nextRow() throws IOException {
        while (lines.next()) {
            if (!lines.isBlank()) {
                return true;
            }
            copyLine();
        }
        return false;
    }

    private void requireRow() throws IOException {
        if (!nextRow()) {
            throw new ResultsFormatException(file, "has fewer rows than candidates; write it again");
        }
        row++;
        if (lines.cells() != columns) {
            throw new ResultsFormatException(
                    file, "has " + lines.cells() + " cells in row " + row + ", but " + columns + " column names");
        }
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void keep(Annotation annotation) throws IOException {
        requireRow();
        append(Stream.of(AnnotationColumn.values()).map(column -> column.cell(annotation)));
    }

    private void append(Stream<String> cells) throws IOException {
        lines.writeContent(out);
        out.write(cells.map(cell -> separator + quoted(cell))
                .collect(Collectors.joining())
                .getBytes(UTF_8));
        lines.writeEnd(out);
    }

    private String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(one -> one == separator || one == '"' || one == '\n' || one == '\r');
        boolean isMissing = cell.isEmpty() && separator == ' '; // two blanks would be one separator
        return isPlain && !isMissing ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public void skip() throws IOException {
        requireRow();
    }

    @Override
    public void end() throws IOException {
        if (nextRow()) {
            throw new ResultsFormatException(file, "has more rows than candidates; write it again");
        }
        out.flush();
    }

    @Override
    public void close() {
        lines.close();
    }
}
