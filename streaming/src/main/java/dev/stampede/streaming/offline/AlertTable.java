package dev.stampede.streaming.offline;

import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.results.FeatureColumns;
import dev.stampede.stamps.results.FieldRow;
import dev.stampede.stamps.results.FieldTable;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.streaming.packet.FieldRanges;
import dev.stampede.streaming.packet.SearchFields;
import dev.stampede.streaming.wire.NullableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The fields of alerts in a table, one row for each stamp. The columns are any of the fields of StampAlert except its
 * coadds, or have the names that KBMOD and astronomers use; a field without a column, or with an empty cell, has the
 * default of the schema. Not thread-safe.
 */
public final class AlertTable implements AutoCloseable {
    private static final String ID = "alertId";
    private static final String NOT_A_NUMBER = "nan";
    private static final List<String> POSITION = List.of("rightAscensionDegrees", "declinationDegrees");
    private static final List<Schema.Field> FIELDS = StampAlert.getClassSchema().getFields().stream()
            .filter(field -> !isArray(NullableSchema.nonNull(field.schema())))
            .toList();

    /** Other names of fields, in order of preference. */
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            ID,
            List.of("uuid", "id"),
            "rightAscensionDegrees",
            List.of("ra"),
            "declinationDegrees",
            List.of("dec"),
            "xPixels",
            List.of("x"),
            "yPixels",
            List.of("y"),
            "velocityXPixelsPerDay",
            List.of("vx"),
            "velocityYPixelsPerDay",
            List.of("vy"),
            "exposureCount",
            List.of("obs_count", "exposures"),
            "fluxError",
            List.of("flux_error"));

    private final FieldTable table;
    private final Map<Schema.Field, String> columns;
    private Optional<AlertTable> completed = Optional.empty();

    private AlertTable(FieldTable table, Map<Schema.Field, String> columns) {
        this.table = table;
        this.columns = columns;
    }

    /**
     * Opens {@code file} next to the stamps in {@code stamps}. If these are in a results table, it completes the ids and
     * fields there, and replaces the fields that both have.
     *
     * @param names the column in {@code file} of each field that has another name
     * @throws InvalidInputException if a table is not valid, or the ids of a row differ
     * @throws dev.stampede.stamps.error.StampedeException if a table cannot be read
     */
    public static AlertTable open(Path file, Map<String, String> names, Path stamps) {
        AlertTable table = open(file, names);
        try {
            if (StampSource.isTable(stamps)) {
                table.complete(open(stamps, Map.of()));
            }
            return table;
        } catch (RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    /**
     * Opens {@code file} and checks all its rows.
     *
     * @param names the column of each field that has another name
     * @throws InvalidInputException if a cell is not valid
     * @throws dev.stampede.stamps.error.StampedeException if it cannot be read
     */
    public static AlertTable open(Path file, Map<String, String> names) {
        FieldTable table = FieldTable.open(file);
        try {
            AlertTable alerts = new AlertTable(table, columns(table, names));
            alerts.check();
            return alerts;
        } catch (RuntimeException failure) {
            table.close();
            throw failure;
        }
    }

    private static Map<Schema.Field, String> columns(FieldTable table, Map<String, String> names) {
        List<String> known = FIELDS.stream().map(Schema.Field::name).toList();
        names.forEach((field, column) -> {
            if (!known.contains(field)) {
                throw new InvalidInputException(
                        "--columns: there is no field " + field + "; the fields are " + known + ".");
            }
            if (!table.columns().contains(column)) {
                throw new InvalidInputException(
                        table.file() + " has no column " + column + "; the columns are " + table.columns() + ".");
            }
        });
        Map<Schema.Field, String> columns = new LinkedHashMap<>();
        for (Schema.Field field : FIELDS) {
            List<String> possible = new ArrayList<>(List.of(field.name()));
            possible.addAll(OTHER_NAMES.getOrDefault(field.name(), List.of()));
            Optional.ofNullable(names.get(field.name()))
                    .or(() ->
                            possible.stream().filter(table.columns()::contains).findFirst())
                    .ifPresent(column -> columns.put(field, column));
        }
        return columns;
    }

    /** The columns of a table, other than that of a search, from which neither a field nor a feature is read. */
    public List<String> ignoredColumns() {
        List<String> ignored = new ArrayList<>(table.isOfSearch() ? List.of() : table.columns());
        ignored.removeAll(columns.values());
        ignored.removeIf(FeatureColumns::isFeature);
        return List.copyOf(ignored);
    }

    private void check() {
        Map<String, String> places = new HashMap<>();
        for (long number = 0; number < table.size(); number++) {
            FieldRow row = table.row(number);
            if (POSITION.stream().filter(field -> cell(row, field).isEmpty()).count() == 1) {
                throw row.invalid("has only one of " + String.join(" and ", POSITION));
            }
            columns.keySet().forEach(field -> value(row, field));
            String id = cell(row, ID);
            String other = id.isEmpty() ? null : places.putIfAbsent(id, row.place());
            if (other != null) {
                throw row.invalid(column(ID), "is that of " + other + " as well");
            }
        }
    }

    /**
     * Requires one row for each stamp.
     *
     * @throws InvalidInputException if there are others
     */
    void requireRows(long stamps) {
        if (table.size() != stamps) {
            throw new InvalidInputException(
                    table.file() + " has " + table.size() + " rows, but there are " + stamps + " stamps.");
        }
    }

    private void complete(AlertTable results) {
        completed = Optional.of(results);
        requireRows(results.table.size());
        for (long number = 0; number < table.size(); number++) {
            FieldRow row = table.row(number);
            FieldRow result = results.table.row(number);
            String id = cell(row, ID);
            String other = results.cell(result, ID);
            if (!id.isEmpty() && !other.isEmpty() && !id.equals(other)) {
                throw row.invalid(column(ID), "is not the id of " + result + ", " + other);
            }
        }
    }

    private String column(String field) {
        return columns.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(field))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** The cell of a field; empty if it is unknown, which a table of a search may write as NaN. */
    private String cell(FieldRow row, String field) {
        String cell = row.cell(column(field)).strip();
        return table.isOfSearch() && cell.equalsIgnoreCase(NOT_A_NUMBER) ? "" : cell;
    }

    /** The value of a field in a row; empty if it is unknown. */
    private Optional<Object> value(FieldRow row, Schema.Field field) {
        String cell = cell(row, field.name());
        if (cell.isEmpty()) {
            return Optional.empty();
        }
        String column = column(field.name());
        Schema schema = NullableSchema.nonNull(field.schema());
        return Optional.of(
                switch (schema.getType()) {
                    case DOUBLE -> number(row, field.name(), column, cell);
                    case INT -> wholeNumber(row, column, cell);
                    case BOOLEAN -> truth(row, column, cell);
                    case ENUM -> choice(row, column, cell, schema);
                    default -> {
                        if (cell.length() > FieldRanges.MAX_TEXT) {
                            throw row.invalid(column, "has more than " + FieldRanges.MAX_TEXT + " characters");
                        }
                        yield cell;
                    }
                });
    }

    private static boolean isArray(Schema schema) {
        return schema.getType() == Schema.Type.ARRAY;
    }

    private static double number(FieldRow row, String field, String column, String cell) {
        double number;
        try {
            number = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!Double.isFinite(number)) {
            throw row.invalid(column, "is not a number; leave the cell empty if it is unknown");
        }
        Optional<String> fault = FieldRanges.fault(field, number);
        if (fault.isPresent()) {
            throw row.invalid(column, "is out of range: " + fault.get());
        }
        return number;
    }

    private static int wholeNumber(FieldRow row, String column, String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            throw row.invalid(column, "is not a whole number");
        }
    }

    private static boolean truth(FieldRow row, String column, String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw row.invalid(column, "is neither true nor false");
        };
    }

    private static Object choice(FieldRow row, String column, String cell, Schema schema) {
        String name = cell.toUpperCase(Locale.ROOT);
        if (!schema.hasEnumSymbol(name)) {
            throw row.invalid(column, "is not one of " + schema.getEnumSymbols());
        }
        return TimeScale.valueOf(name); // the only enum of an alert
    }

    /** The id in a row, from 0; empty if it has none. */
    Optional<String> alertId(long row) {
        return Optional.of(cell(table.row(row), ID))
                .filter(id -> !id.isEmpty())
                .or(() -> completed.flatMap(results -> results.alertId(row)));
    }

    /** What the search knows of the candidate in a row, from 0. */
    CandidateFeatures features(long row) {
        StampAlert alert = new StampAlert();
        fill(row, alert);
        return SearchFields.of(alert)
                .completedBy(FeatureColumns.of(table.row(row).cells()));
    }

    /** Sets the fields of {@code alert} to the values of a row. */
    void fill(long row, StampAlert alert) {
        completed.ifPresent(results -> results.fill(row, alert));
        FieldRow cells = table.row(row);
        columns.keySet().forEach(field -> value(cells, field).ifPresent(value -> alert.put(field.pos(), value)));
    }

    @Override
    public void close() {
        completed.ifPresent(AlertTable::close);
        table.close();
    }
}
