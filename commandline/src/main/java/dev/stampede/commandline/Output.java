package dev.stampede.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints records as text, CSV or JSON. The components of a record are the columns of CSV and the properties of JSON, with
 * the names that Jackson's annotations give them; CSV has one column for each component of a nested record. A number that
 * is not finite is null in JSON and an empty cell in CSV; a {@link java.math.BigDecimal} keeps its decimals. Text is for
 * terminals: each row is one line without control characters ({@link SafeText}). Not thread-safe.
 *
 * <p>One object: {@code Output.print(out, format, result)}. Rows as they come:
 *
 * <pre>{@code
 * Output<Row> output = Output.of(Row.class, out, format)
 *         .text("index  verdict", row -> String.format("%5d  %s", row.index(), row.verdict()));
 * output.begin();
 * output.print(row);
 * }</pre>
 */
public final class Output<T> {
    private final Class<T> type;
    private final PrintWriter out;
    private final OutputFormat format;
    private @Nullable String header;
    private @Nullable Function<? super T, String> line;
    private List<String> hidden = List.of();
    private List<String> columns = List.of();
    private @Nullable CsvWriter csv;

    private Output(Class<T> type, PrintWriter out, OutputFormat format) {
        this.type = type;
        this.out = out;
        this.format = format;
    }

    /** An output of rows of {@code type}, a record. */
    public static <T> Output<T> of(Class<T> type, PrintWriter out, OutputFormat format) {
        return new Output<>(type, out, format);
    }

    /** Prints one object, a record or a map: as text one line of name and value for each property. */
    public static void print(PrintWriter out, OutputFormat format, Object value) {
        JsonNode tree = Tree.of(value);
        switch (format) {
            case TEXT ->
                tree.properties()
                        .forEach(entry ->
                                out.println(SafeText.line(entry.getKey() + " " + Tree.text(entry.getValue()))));
            case JSON -> out.println(tree);
            case CSV -> {
                List<String> names =
                        tree.properties().stream().map(entry -> entry.getKey()).toList();
                try (CsvWriter csv = newCsv(out, names)) {
                    csv.row(names.stream()
                            .map(name -> Tree.cell(tree.path(name)))
                            .toList());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        out.flush();
    }

    /** Sets the header and the format of a line of text; blanks at the end of a line are dropped. */
    public Output<T> text(String headerLine, Function<? super T, String> lineFormat) {
        header = headerLine;
        line = lineFormat;
        return this;
    }

    /** The same without a header. */
    public Output<T> text(Function<? super T, String> lineFormat) {
        line = lineFormat;
        return this;
    }

    /** Leaves these columns out of CSV, JSON and aligned text. */
    public Output<T> without(String... names) {
        hidden = List.of(names);
        return this;
    }

    /** Prints the header, if the format has one. */
    public Output<T> begin() {
        if (format == OutputFormat.TEXT && header != null) {
            out.println(header);
        } else if (format == OutputFormat.CSV) {
            columns = columnsOfType();
            try {
                csv = newCsv(out, columns);
                csv.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** Prints one row; {@link #begin} comes first. */
    public void print(T row) {
        if (format == OutputFormat.TEXT) {
            String text = line == null ? Tree.of(row).toString() : line.apply(row);
            out.println(SafeText.line(text).stripTrailing());
        } else if (format == OutputFormat.JSON) {
            out.println(Tree.without(Tree.of(row), hidden));
        } else if (csv != null) {
            try {
                csv.row(cells(row));
                csv.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Prints all rows and the header; text without a line format in aligned columns. */
    public void printAll(Collection<? extends T> rows) {
        begin();
        if (format == OutputFormat.TEXT && line == null) {
            columns = columnsOfType();
            List<List<String>> cells = rows.stream().map(this::cells).toList();
            TextTable.lines(columns, cells).forEach(out::println);
        } else {
            rows.forEach(this::print);
        }
        out.flush();
    }

    /** Not for lines of text, which need no Jackson. */
    private List<String> columnsOfType() {
        List<String> names = new ArrayList<>(Tree.columns(type));
        names.removeAll(hidden);
        return names;
    }

    private List<String> cells(T row) {
        JsonNode tree = Tree.of(row);
        return columns.stream()
                .map(column -> Tree.cell(Tree.value(tree, column)))
                .toList();
    }

    private static CsvWriter newCsv(PrintWriter out, List<String> columns) throws IOException {
        return CsvWriter.toShared(out, columns);
    }
}
