package dev.stampede.streaming.label;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.table.CsvTable;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Labels as a CSV table. */
public final class LabelTable {
    private static final String ALERT = "alert_id";
    private static final String VERDICT = "verdict";
    private static final String SOURCE = "source";
    private static final String LABELLER = "labeller";
    private static final String OBJECT = "object_id";
    private static final String TIME = "labelled_time";
    private static final String COMMENT = "comment";
    private static final List<String> COLUMNS = List.of(ALERT, VERDICT, SOURCE, LABELLER, OBJECT, TIME, COMMENT);

    /** The values for empty cells and absent columns. */
    public record Defaults(LabelSource source, String labeller, Instant time) {}

    private LabelTable() {}

    /**
     * Reads all labels of {@code file}.
     *
     * @throws InvalidInputException if it cannot be read or a row is not valid
     */
    public static List<Label> read(Path file, Defaults defaults) {
        CsvTable table = CsvTable.read(file, ALERT, VERDICT);
        List<String> unknown = table.columns().stream()
                .filter(column -> !COLUMNS.contains(column))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(
                    file + " line 1 has the unknown columns " + unknown + "; the known ones are " + COLUMNS);
        }
        return table.rows().stream().map(row -> label(row, defaults)).toList();
    }

    private static Label label(CsvTable.Row row, Defaults defaults) {
        if (row.cell(ALERT).isEmpty()) {
            throw row.invalid("has no " + ALERT);
        }
        return new Label(
                row.cell(ALERT),
                orNull(row.cell(OBJECT)),
                choice(Truth.class, row, VERDICT),
                row.cell(SOURCE).isEmpty() ? defaults.source() : choice(LabelSource.class, row, SOURCE),
                row.cell(LABELLER).isEmpty() ? defaults.labeller() : row.cell(LABELLER),
                row.cell(TIME).isEmpty() ? defaults.time() : time(row),
                orNull(row.cell(COMMENT)));
    }

    private static @Nullable String orNull(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, CsvTable.Row row, String column) {
        String name = row.cell(column).toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow(() -> row.invalid(column, "is not one of " + Arrays.toString(type.getEnumConstants())));
    }

    private static Instant time(CsvTable.Row row) {
        try {
            return Instant.ofEpochMilli(
                    OffsetDateTime.parse(row.cell(TIME)).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) { // the latter for years out of range
            throw row.invalid(TIME, "is not a time such as 2026-11-24T22:00:00Z");
        }
    }
}
