package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Annotates tables of separated values: ECSV and CSV. All bytes of the table stay as they are. */
final class TextAnnotator implements TableAnnotator {
    private final Path file;
    private final TextRows rows;
    private final char separator;
    private final OutputStream out;

    private TextAnnotator(Path file, TextRows rows, char separator, OutputStream out) {
        this.file = file;
        this.rows = rows;
        this.separator = separator;
        this.out = out;
    }

    /** Begins a copy of a CSV table. */
    static TextAnnotator csv(Path file, OutputStream out) throws IOException {
        try (CsvFields table = CsvFields.open(file)) {
            AnnotationColumn.requireAbsent(file, table.fields());
        }
        TextAnnotator annotator = new TextAnnotator(file, new TextRows(file, 0, ','), ',', out);
        annotator.begin();
        return annotator;
    }

    /** Begins a copy of an ECSV table, whose metadata gets the columns too. */
    static TextAnnotator ecsv(Path file, OutputStream out) throws IOException {
        try (EcsvTable table = EcsvTable.open(file)) {
            AnnotationColumn.requireAbsent(file, table.columns());
            TableMeta.AnnotationLines added = table.annotationLines();
            char separator = table.separator();
            TextAnnotator annotator =
                    new TextAnnotator(file, new TextRows(file, table.headerLines(), separator), separator, out);
            for (int line = 1; line <= table.headerLines(); line++) {
                annotator.rows.next();
                annotator.copyLine();
                if (line == added.after()) {
                    annotator.comment(added.lines());
                }
            }
            annotator.begin();
            return annotator;
        }
    }

    private void comment(List<String> lines) throws IOException {
        for (String line : lines) {
            out.write(("# " + line).getBytes(UTF_8));
            rows.writeEnd(out);
        }
    }

    private void copyLine() throws IOException {
        rows.writeContent(out);
        rows.writeEnd(out);
    }

    /** Copies the line of names. */
    private void begin() throws IOException {
        if (!nextRow()) {
            throw new ResultsFormatException(file, "has no line of column names");
        }
        append(Stream.of(AnnotationColumn.values()).map(AnnotationColumn::columnName));
    }

    /** Reads the next row, and copies empty lines before it. */
    private boolean nextRow() throws IOException {
        while (rows.next()) {
            if (!rows.isBlank()) {
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
    }

    @Override
    public void keep(Annotation annotation) throws IOException {
        requireRow();
        append(Stream.of(AnnotationColumn.values()).map(column -> column.cell(annotation)));
    }

    private void append(Stream<String> cells) throws IOException {
        rows.writeContent(out);
        out.write(cells.map(cell -> separator + quoted(cell))
                .collect(Collectors.joining())
                .getBytes(UTF_8));
        rows.writeEnd(out);
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
    }

    @Override
    public void close() {
        rows.close();
    }
}
