package dev.stampede.streaming.survey;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A field choice, resolved to the positions in one schema. Immutable. */
final class BoundField {
    static final Set<Schema.Type> NUMBERS =
            EnumSet.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
    static final Set<Schema.Type> TEXTS =
            EnumSet.of(Schema.Type.STRING, Schema.Type.ENUM, Schema.Type.INT, Schema.Type.LONG);
    static final Set<Schema.Type> BYTES = EnumSet.of(Schema.Type.BYTES, Schema.Type.FIXED);

    static final Set<Schema.Type> FLAGS = EnumSet.of(
            Schema.Type.BOOLEAN,
            Schema.Type.STRING,
            Schema.Type.ENUM,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE);

    private final List<List<PathStep.Bound>> paths;

    private BoundField(List<List<PathStep.Bound>> paths) {
        this.paths = paths;
    }

    /**
     * Resolves the fields of {@code choice} that {@code schema} has, possibly none.
     *
     * @throws SchemaMismatchException if one exists with another type than {@code types}
     */
    static BoundField optional(FieldChoice choice, Schema schema, Set<Schema.Type> types) {
        return new BoundField(choice.paths().stream()
                .filter(path -> path.typeIn(schema)
                        .map(type -> requireType(path, type, types))
                        .isPresent())
                .map(path -> bind(path, schema))
                .toList());
    }

    /** The same as {@link #optional}, but one field must exist. */
    static BoundField required(FieldChoice choice, Schema schema, Set<Schema.Type> types) {
        BoundField field = optional(choice, schema, types);
        if (field.paths.isEmpty()) {
            throw new SchemaMismatchException("the schema " + schema.getFullName() + " has no field " + choice);
        }
        return field;
    }

    private static Schema requireType(FieldPath path, Schema type, Set<Schema.Type> types) {
        if (!types.contains(type.getType())) {
            throw new SchemaMismatchException("the field " + path + " is of type "
                    + type.getType().getName() + ", not "
                    + String.join(
                            " or ", types.stream().map(Schema.Type::getName).toList()));
        }
        return type;
    }

    private static List<PathStep.Bound> bind(FieldPath path, Schema schema) {
        List<PathStep.Bound> bound = new ArrayList<>();
        Schema inner = schema;
        for (PathStep step : path.steps()) {
            Schema holder = FieldPath.withoutNull(inner);
            bound.add(step.bind(holder));
            inner = step.from(holder).orElseThrow();
        }
        return bound;
    }

    /** The value as text; empty if it is null or a blank text. */
    Optional<String> text(IndexedRecord record) {
        return Optional.ofNullable(value(record)).map(Object::toString).filter(text -> !text.isBlank());
    }

    /** The value as text; of several fields the first that is neither blank nor {@code none}, which stands for none. */
    Optional<String> identifier(IndexedRecord record, Pattern none) {
        return Optional.ofNullable(value(record, value -> isIdentifier(value.toString(), none)))
                .map(Object::toString);
    }

    private static boolean isIdentifier(String text, Pattern none) {
        return !text.isBlank() && !none.matcher(text.strip()).matches();
    }

    /** The value as a number, which may not be finite; empty if it is null. */
    OptionalDouble number(IndexedRecord record) {
        return value(record) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** The value as a number; empty if it is null or not finite. */
    OptionalDouble finiteNumber(IndexedRecord record) {
        OptionalDouble number = number(record);
        return Double.isFinite(number.orElse(Double.NaN)) ? number : OptionalDouble.empty();
    }

    /** Whether the value is true, t, 1 or above 0; empty if it is null or neither that nor false, f or a number. */
    Optional<Boolean> flag(IndexedRecord record) {
        Object value = value(record);
        if (value instanceof Number number) {
            return Double.isNaN(number.doubleValue()) ? Optional.empty() : Optional.of(number.doubleValue() > 0);
        }
        return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> Optional.of(true);
            case "false", "f", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A view of the value as bytes; empty if it is null or has no bytes. */
    Optional<ByteBuffer> bytes(IndexedRecord record) {
        Object value = value(record);
        ByteBuffer bytes = value instanceof GenericFixed fixed ? ByteBuffer.wrap(fixed.bytes()) : (ByteBuffer) value;
        return Optional.ofNullable(bytes).filter(ByteBuffer::hasRemaining);
    }

    private @Nullable Object value(IndexedRecord record) {
        return value(record, present -> true);
    }

    private @Nullable Object value(IndexedRecord record, Predicate<Object> wanted) {
        for (List<PathStep.Bound> path : paths) {
            Object value = record;
            for (PathStep.Bound step : path) {
                value = value == null ? null : step.from(value);
            }
            if (value != null && wanted.test(value)) {
                return value;
            }
        }
        return null;
    }
}
