package dev.stampede.streaming.registry;

import java.util.UUID;

/** What names a schema in a registry. */
public sealed interface SchemaId {
    /** The path of the schema in Confluent's HTTP API. */
    String path();

    /** An id of Confluent's wire format, above 0. */
    record Numbered(int id) implements SchemaId {
        @Override
        public String path() {
            return "/schemas/ids/" + id;
        }

        @Override
        public String toString() {
            return String.valueOf(id);
        }
    }

    /** A globally unique id, in the record header since Confluent Platform 8. */
    record Guid(UUID guid) implements SchemaId {
        @Override
        public String path() {
            return "/schemas/guids/" + guid;
        }

        @Override
        public String toString() {
            return guid.toString();
        }
    }
}
