package dev.stampede.streaming.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/** Looks up schemas by the schema id in Confluent's wire format. Thread-safe. */
public interface SchemaSource {
    /** No schemas. */
    SchemaSource NONE = id -> Optional.empty();

    /**
     * The schema with that id; empty if there is none.
     *
     * @throws SchemasUnavailableException if the source does not respond; the packet itself may be valid
     * @throws dev.stampede.streaming.survey.SchemaMismatchException if the source has something else than a schema
     */
    Optional<Schema> byId(int id);

    /** Why schemas are unavailable at the moment; empty if they are available. */
    default Optional<String> outage() {
        return Optional.empty();
    }

    /** This source with {@code next} as its fallback. */
    default SchemaSource or(SchemaSource next) {
        SchemaSource first = this;
        return new SchemaSource() {
            @Override
            public Optional<Schema> byId(int id) {
                return first.byId(id).or(() -> next.byId(id));
            }

            @Override
            public Optional<String> outage() {
                return first.outage().or(next::outage);
            }
        };
    }
}
