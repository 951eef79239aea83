package dev.stampede.streaming.survey;

/** A schema does not have what the survey's description says, or is one that no alert needs. */
public final class SchemaMismatchException extends RuntimeException {
    public SchemaMismatchException(String message) {
        super(message);
    }
}
