package dev.stampede.streaming.schemasource;

import java.util.List;

/** What a registry says to a question for a schema. */
sealed interface RegistryAnswer {
    /** A schema under the name and number that others refer to it by. */
    record Reference(String subject, int version) {}

    /** It has the schema, which uses named types of the {@code references}. */
    record Found(String schema, List<Reference> references) implements RegistryAnswer {
        public Found {
            references = List.copyOf(references);
        }
    }

    /** It has the schema; those it uses are {@code references}, each after all that it uses itself. */
    record Gathered(String schema, List<String> references) implements RegistryAnswer {
        public Gathered {
            references = List.copyOf(references);
        }
    }

    /** It is sure to have none. */
    record Unknown() implements RegistryAnswer {}

    /** It did not answer, or not the question. */
    record Unavailable(String reason) implements RegistryAnswer {}
}
