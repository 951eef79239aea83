package dev.stampede.streaming.command;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Labels as a table: comma-separated cells under a line of column names. A cell that holds a comma or a quote stands in
 * quotes, a quote in it twice (RFC 4180); no cell holds a line break.
 */
final class LabelTable {
    static final String ALERT = "alert_id";
    static final String VERDICT = "verdict";
    static final String SOURCE = "source";
    static final String LABELLER = "labeller";
    static final String OBJECT = "object_id";
    static final String TIME = "labelled_time";
    static final String COMMENT = "comment";
    private static final List<String> COLUMNS = List.of(ALERT, VERDICT, SOURCE, LABELLER, OBJECT, TIME, COMMENT);

    /** Who gives the labels of a table and when, where its rows do not say. */
    record Usual(LabelSource source, String labeller, Instant time) {}

    private final Path file;
    private final Usual usual;
    private final List<String> header;

    private LabelTable(Path file, Usual usual, List<String> header) {
        this.file = file;
        this.usual = usual;
        this.header = header;
    }

    /**
     * All labels of {@code file}.
     *
     * @throws CommandFailure if it cannot be read or a row is wrong, naming its line
     */
    static List<Label> read(Path file, Usual usual) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw CommandFailure.usage("Cannot read the labels in " + file + ": " + failure + ".");
        }
        if (lines.isEmpty()) {
            throw CommandFailure.usage(file + " is empty; its first line names its columns, " + COLUMNS + ".");
        }
        LabelTable table = new LabelTable(file, usual, cells(file, lines.get(0), 1));
        table.checkHeader();
        List<Label> labels = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                labels.add(table.label(lines.get(i), i + 1));
            }
        }
        return labels;
    }

    private void checkHeader() {
        Set<String> unknown = new HashSet<>(header);
        COLUMNS.forEach(unknown::remove);
        if (!header.containsAll(List.of(ALERT, VERDICT)) || !unknown.isEmpty()) {
            throw wrong(
                    1,
                    "names the columns " + header + "; " + ALERT + " and " + VERDICT + " are needed, and "
                            + COLUMNS.subList(2, COLUMNS.size()) + " may be there");
        }
    }

    private Label label(String line, int number) {
        List<String> cells = cells(file, line, number);
        if (cells.size() != header.size()) {
            throw wrong(number, "has " + cells.size() + " cells, not " + header.size() + " as the first line");
        }
        String alert = cell(cells, ALERT);
        if (alert.isEmpty()) {
            throw wrong(number, "has no " + ALERT);
        }
        String object = cell(cells, OBJECT);
        String comment = cell(cells, COMMENT);
        String labeller = cell(cells, LABELLER);
        return new Label(
                alert,
                object.isEmpty() ? null : object,
                choice(Truth.class, cell(cells, VERDICT), VERDICT, number),
                cell(cells, SOURCE).isEmpty()
                        ? usual.source()
                        : choice(LabelSource.class, cell(cells, SOURCE), SOURCE, number),
                labeller.isEmpty() ? usual.labeller() : labeller,
                time(cell(cells, TIME), number),
                comment.isEmpty() ? null : comment);
    }

    private String cell(List<String> cells, String column) {
        int place = header.indexOf(column);
        return place < 0 ? "" : cells.get(place);
    }

    private <E extends Enum<E>> E choice(Class<E> choices, String given, String column, int number) {
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equals(given.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return choice;
            }
        }
        String known = Arrays.stream(choices.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        throw wrong(number, "has the " + column + " '" + given + "', not one of " + known);
    }

    private Instant time(String given, int number) {
        try {
            return given.isEmpty()
                    ? usual.time()
                    : Instant.ofEpochMilli(
                            OffsetDateTime.parse(given).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) { // the latter for years beyond what the topic can tell
            throw wrong(number, "has the " + TIME + " '" + given + "', no time such as 2026-11-24T22:00:00Z");
        }
    }

    private static List<String> cells(Path file, String line, int number) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (quoted && letter == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(letter);
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(letter);
            }
        }
        if (quoted) {
            throw wrong(file, number, "has a quote without its end");
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private CommandFailure wrong(int line, String what) {
        return wrong(file, line, what);
    }

    private static CommandFailure wrong(Path file, int line, String what) {
        return CommandFailure.usage(file + " line " + line + " " + what + ". Nothing was sent.");
    }
}
