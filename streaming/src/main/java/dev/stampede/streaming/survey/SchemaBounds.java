package dev.stampede.streaming.survey;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * Rejects schemas with which a few bytes could occupy a reader for hours: recursive ones, those that expand to more fields
 * than any alert has, and arrays whose items take no bytes. A schema may be part of the packet, so it is untrusted.
 */
public final class SchemaBounds {
    /** The largest schema of a known survey expands to about 500. */
    private static final long MAX_FIELDS = 100_000;

    /** The number of values that a type expands to, and whether it may take no bytes. */
    private record Extent(long fields, boolean mayBeEmpty) {}

    private static final Extent IN_PROGRESS = new Extent(-1, false);

    private final IdentityHashMap<Schema, Extent> records = new IdentityHashMap<>();

    private SchemaBounds() {}

    /** Throws a SchemaMismatchException if the schema exceeds the bounds. */
    public static void check(Schema schema) {
        new SchemaBounds().extent(schema);
    }

    private Extent extent(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> recordExtent(schema);
            case UNION -> {
                long fields = 1;
                for (Schema branch : schema.getTypes()) {
                    fields = bounded(fields + extent(branch).fields());
                }
                yield new Extent(fields, false); // the number of the branch takes a byte
            }
            case ARRAY -> repeated(extent(schema.getElementType()));
            case MAP -> new Extent(bounded(1 + extent(schema.getValueType()).fields()), false);
            case NULL -> new Extent(1, true);
            case FIXED -> new Extent(1, schema.getFixedSize() == 0);
            default -> new Extent(1, false);
        };
    }

    private Extent recordExtent(Schema schema) {
        Extent known = records.get(schema);
        if (IN_PROGRESS.equals(known)) {
            throw new SchemaMismatchException("the schema " + schema.getFullName() + " contains itself");
        }
        if (known != null) {
            return known;
        }
        records.put(schema, IN_PROGRESS);
        long fields = 1;
        boolean mayBeEmpty = true;
        for (Schema.Field field : schema.getFields()) {
            Extent inner = extent(field.schema());
            fields = bounded(fields + inner.fields());
            mayBeEmpty &= inner.mayBeEmpty();
        }
        Extent extent = new Extent(fields, mayBeEmpty);
        records.put(schema, extent);
        return extent;
    }

    private static Extent repeated(Extent element) {
        if (element.mayBeEmpty()) {
            throw new SchemaMismatchException("the schema has an array whose items take no bytes");
        }
        return new Extent(bounded(1 + element.fields()), false);
    }

    private static long bounded(long fields) {
        if (fields > MAX_FIELDS) {
            throw new SchemaMismatchException("the schema expands to more than " + MAX_FIELDS + " fields");
        }
        return fields;
    }
}
