package dev.stampede.streaming.survey;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The way to a field: names of fields from the outermost record inward. */
record FieldPath(List<String> names) {
    FieldPath {
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "a field is named by words with dots between, not '" + String.join(".", names) + "'");
        }
        names = List.copyOf(names);
    }

    /** From words with dots between, such as {@code candidate.ra}. */
    static FieldPath parse(String text) {
        return new FieldPath(List.of(text.split("\\.", -1)));
    }

    /** The type of the field in {@code schema}, null taken out of unions; empty where there is no such field. */
    Optional<Schema> typeIn(Schema schema) {
        Optional<Schema> type = Optional.of(schema);
        for (String name : names) {
            type = type.map(FieldPath::withoutNull)
                    .filter(inner -> inner.getType() == Schema.Type.RECORD)
                    .map(inner -> inner.getField(name))
                    .map(Schema.Field::schema);
        }
        return type.map(FieldPath::withoutNull);
    }

    /** The one other type of a union with null; any other type as it is. */
    static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    @Override
    public String toString() {
        return String.join(".", names);
    }
}
