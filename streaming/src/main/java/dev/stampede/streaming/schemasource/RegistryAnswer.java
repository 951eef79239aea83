package dev.stampede.streaming.schemasource;

/** What a registry says to a question for a schema. */
sealed interface RegistryAnswer {
    /** It has the schema. */
    record Found(String schema) implements RegistryAnswer {}

    /** It is sure to have none. */
    record Unknown() implements RegistryAnswer {}

    /** It did not answer, or not the question. */
    record Unavailable(String reason) implements RegistryAnswer {}
}
