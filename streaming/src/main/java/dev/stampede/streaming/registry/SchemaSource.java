package dev.stampede.streaming.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/** Looks up the schemas of values that carry only an id. Thread-safe. */
public interface SchemaSource {
    /** No schemas. */
    SchemaSource NONE = id -> Optional.empty();

    /** Why {@link #find} has no schema with that id. */
    default String whyUnknown(SchemaId id) {
        return "there is no schema with the id " + id;
    }

    /**
     * The schema with that id; empty if there is none.
     *
     * @throws SchemasUnavailableException if the source does not respond; the packet itself may be valid
     * @throws dev.stampede.streaming.survey.SchemaMismatchException if the source has something else than a schema
     */
    Optional<Schema> find(SchemaId id);

    /** Why schemas are unavailable at the moment; empty if they are available. */
    default Optional<String> outage() {
        return Optional.empty();
    }

    /** This source with {@code next} as its fallback. */
    default SchemaSource or(SchemaSource next) {
        SchemaSource first = this;
        return new SchemaSource() {
            @Override
            public Optional<Schema> find(SchemaId id) {
                return first.find(id).or(() -> next.find(id));
            }

            @Override
            public String whyUnknown(SchemaId id) {
                return next.whyUnknown(id);
            }

            @Override
            public Optional<String> outage() {
                return first.outage().or(next::outage);
            }
        };
    }
}
