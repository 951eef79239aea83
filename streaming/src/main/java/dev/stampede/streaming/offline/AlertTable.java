package dev.stampede.streaming.offline;

import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.streaming.packet.FieldRanges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields of alerts in a table of comma-separated values, one row for each stamp of an array. The columns are any of
 * the fields of StampAlert except its coadds; a field without a column, or with an empty cell, has the default of the
 * schema.
 */
final class AlertTable {
    private static final String ID = "alertId";
    private static final List<String> POSITION = List.of("rightAscensionDegrees", "declinationDegrees");
    private static final List<Schema.Field> FIELDS = StampAlert.getClassSchema().getFields().stream()
            .filter(field -> field.schema().getType() != Schema.Type.ARRAY)
            .toList();

    private final List<Map<Schema.Field, Object>> rows = new ArrayList<>();

    private AlertTable() {}

    /**
     * Reads {@code file}.
     *
     * @param stamps the number of rows that it must have
     * @throws InvalidInputException if it cannot be read, has another number of rows or an unknown column, or a cell is not
     *     valid
     */
    static AlertTable read(Path file, long stamps) {
        CsvTable csv = CsvTable.read(file);
        List<String> known = FIELDS.stream().map(Schema.Field::name).toList();
        List<String> unknown =
                csv.columns().stream().filter(column -> !known.contains(column)).toList();
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(
                    file + " line 1 has the unknown columns " + unknown + "; the known ones are " + known + ".");
        }
        if (csv.rows().size() != stamps) {
            throw new InvalidInputException(
                    file + " has " + csv.rows().size() + " rows, but there are " + stamps + " stamps.");
        }
        AlertTable table = new AlertTable();
        Map<String, Integer> lines = new HashMap<>();
        for (CsvTable.Row row : csv.rows()) {
            table.rows.add(values(row));
            Integer other = row.cell(ID).isEmpty() ? null : lines.putIfAbsent(row.cell(ID), row.line());
            if (other != null) {
                throw row.invalid(ID, "is that of line " + other + " as well");
            }
        }
        return table;
    }

    private static Map<Schema.Field, Object> values(CsvTable.Row row) {
        if (POSITION.stream().filter(column -> row.cell(column).isEmpty()).count() == 1) {
            throw row.invalid("has only one of " + String.join(" and ", POSITION));
        }
        Map<Schema.Field, Object> values = new HashMap<>();
        for (Schema.Field field : FIELDS) {
            if (!row.cell(field.name()).isEmpty()) {
                values.put(field, value(row, field));
            }
        }
        return values;
    }

    private static Object value(CsvTable.Row row, Schema.Field field) {
        String cell = row.cell(field.name());
        Schema schema = nonNull(field.schema());
        return switch (schema.getType()) {
            case DOUBLE -> number(row, field.name());
            case INT -> wholeNumber(row, field.name());
            case BOOLEAN -> truth(row, field.name());
            case ENUM -> choice(row, field.name(), schema);
            default -> {
                if (cell.length() > FieldRanges.MAX_TEXT) {
                    throw row.invalid(field.name(), "has more than " + FieldRanges.MAX_TEXT + " characters");
                }
                yield cell;
            }
        };
    }

    private static Schema nonNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static double number(CsvTable.Row row, String column) {
        double number = row.number(column);
        if (!Double.isFinite(number)) {
            throw row.invalid(column, "is not a number; leave the cell empty if it is unknown");
        }
        Optional<String> fault = FieldRanges.fault(column, number);
        if (fault.isPresent()) {
            throw row.invalid(column, "is out of range: " + fault.get());
        }
        return number;
    }

    private static int wholeNumber(CsvTable.Row row, String column) {
        try {
            return Integer.parseInt(row.cell(column));
        } catch (NumberFormatException e) {
            throw row.invalid(column, "is not a whole number");
        }
    }

    private static boolean truth(CsvTable.Row row, String column) {
        return switch (row.cell(column).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw row.invalid(column, "is neither true nor false");
        };
    }

    private static Object choice(CsvTable.Row row, String column, Schema schema) {
        String name = row.cell(column).toUpperCase(Locale.ROOT);
        if (!schema.hasEnumSymbol(name)) {
            throw row.invalid(column, "is not one of " + schema.getEnumSymbols());
        }
        return TimeScale.valueOf(name); // the only enum of an alert
    }

    /** The id in a row, from 0; null if it has none. */
    @Nullable
    String alertId(long row) {
        return rows.get((int) row).entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(ID))
                .map(entry -> (String) entry.getValue())
                .findFirst()
                .orElse(null);
    }

    /** Sets the fields of {@code alert} to the values of a row. */
    void fill(long row, StampAlert alert) {
        rows.get((int) row).forEach((field, value) -> alert.put(field.pos(), value));
    }
}
