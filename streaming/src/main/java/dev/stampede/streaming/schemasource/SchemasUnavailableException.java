package dev.stampede.streaming.schemasource;

/** Schemas cannot be had now: the packets that need them must wait. */
public final class SchemasUnavailableException extends RuntimeException {
    SchemasUnavailableException(String message) {
        super(message);
    }
}
