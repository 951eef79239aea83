package dev.stampede.streaming.survey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A schema without unused fields. As reader schema it makes Avro skip them: of a packet of 70 KB, a few numbers and one
 * cutout are kept.
 */
final class Projection {
    private final IdentityHashMap<Schema, Set<String>> wanted = new IdentityHashMap<>();
    private final IdentityHashMap<Schema, Schema> pruned = new IdentityHashMap<>();

    private Projection() {}

    /** {@code writer} with only the fields on {@code paths}; paths that it does not have are ignored. */
    static Schema of(Schema writer, Collection<FieldPath> paths) {
        Projection projection = new Projection();
        for (FieldPath path : paths) {
            if (path.typeIn(writer).isPresent()) {
                projection.want(writer, path.steps());
            }
        }
        return projection.prune(writer);
    }

    /** A record type used by several fields keeps the fields that any of them needs, because a name identifies one type. */
    private void want(Schema schema, List<PathStep> steps) {
        Schema inner = schema;
        for (PathStep step : steps) {
            Schema holder = FieldPath.withoutNull(inner);
            if (step instanceof PathStep.Field field) {
                wanted.computeIfAbsent(holder, unused -> new LinkedHashSet<>()).add(field.name());
            }
            inner = step.from(holder).orElseThrow();
        }
    }

    private Schema prune(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> wanted.containsKey(schema) ? pruneRecord(schema) : schema;
            case UNION ->
                Schema.createUnion(schema.getTypes().stream().map(this::prune).toList());
            case ARRAY -> Schema.createArray(prune(schema.getElementType()));
            default -> schema;
        };
    }

    private Schema pruneRecord(Schema schema) {
        Schema known = pruned.get(schema);
        if (known != null) {
            return known;
        }
        Schema kept = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
        pruned.put(schema, kept);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            if (wanted.getOrDefault(schema, Set.of()).contains(field.name())) {
                fields.add(new Schema.Field(field.name(), prune(field.schema()), null, (Object) null));
            }
        }
        kept.setFields(fields);
        return kept;
    }
}
