package dev.stampede.streaming.registry;

/** The source of schemas does not respond: packets that need a schema must wait. */
public final class SchemasUnavailableException extends RuntimeException {
    SchemasUnavailableException(String message) {
        super(message);
    }
}
