package dev.stampede.stamps.error;

import org.jspecify.annotations.Nullable;

/** A setting, an argument or a file from the user is invalid. A command exits with code 2. */
public class InvalidInputException extends StampedeException {
    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
