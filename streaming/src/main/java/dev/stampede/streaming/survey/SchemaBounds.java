package dev.stampede.streaming.survey;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * Refuses schemas with which a few bytes could occupy a reader for hours: those that contain themselves, unfold to more
 * fields than any alert has, or repeat what takes no bytes. A schema may come inside the packet, so it is as foreign as
 * the packet.
 */
final class SchemaBounds {
    /** The largest schema of a survey that is known unfolds to some 500. */
    private static final long MAX_FIELDS = 100_000;

    /** What a type unfolds to: how many values, and whether one may take no bytes at all. */
    private record Extent(long fields, boolean mayBeEmpty) {}

    private static final Extent UNDER_WAY = new Extent(-1, false);

    private final IdentityHashMap<Schema, Extent> records = new IdentityHashMap<>();

    private SchemaBounds() {}

    /** @throws SchemaMismatchException if the schema is beyond the bounds */
    static void check(Schema schema) {
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
        if (UNDER_WAY.equals(known)) {
            throw new SchemaMismatchException("the schema " + schema.getFullName() + " contains itself");
        }
        if (known != null) {
            return known;
        }
        records.put(schema, UNDER_WAY);
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
            throw new SchemaMismatchException("the schema has an array of what takes no bytes");
        }
        return new Extent(bounded(1 + element.fields()), false);
    }

    private static long bounded(long fields) {
        if (fields > MAX_FIELDS) {
            throw new SchemaMismatchException("the schema unfolds to more than " + MAX_FIELDS + " fields");
        }
        return fields;
    }
}
