package dev.stampede.streaming.schemasource;

import java.util.Optional;
import org.apache.avro.Schema;

/** Knows schemas by the number that Confluent's framing carries. Thread-safe. */
public interface SchemaSource {
    /** Knows none. */
    SchemaSource NONE = id -> Optional.empty();

    /**
     * The schema of that number; empty where this source is sure that there is none.
     *
     * @throws SchemasUnavailableException if it cannot tell now: says nothing about the packet
     * @throws dev.stampede.streaming.survey.SchemaMismatchException if what it has is no schema
     */
    Optional<Schema> byId(int id);

    /** Why schemas cannot be had at the moment; empty while they can. */
    default Optional<String> outage() {
        return Optional.empty();
    }

    /** Asks this source first, then {@code next}. */
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
