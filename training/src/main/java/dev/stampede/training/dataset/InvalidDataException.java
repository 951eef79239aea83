package dev.stampede.training.dataset;

/** A folder does not hold a data set that can be trained on; the message names the file, the fault and the remedy. */
public final class InvalidDataException extends RuntimeException {
    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
