package dev.stampede.streaming.wire;

import org.apache.avro.Schema;

/** Schemas of fields that may be null: unions of null and one other schema. */
public final class NullableSchema {
    private NullableSchema() {}

    /** The schema of the values of {@code schema} that are not null; itself if it is not a union. */
    public static Schema nonNull(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }
}
