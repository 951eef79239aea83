package dev.stampede.streaming.survey;

/** A schema does not match the description of its survey, or is invalid. */
public final class SchemaMismatchException extends RuntimeException {
    public SchemaMismatchException(String message) {
        super(message);
    }
}
