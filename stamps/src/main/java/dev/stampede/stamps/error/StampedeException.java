package dev.stampede.stamps.error;

import org.jspecify.annotations.Nullable;

/**
 * The work cannot continue for a known reason. The message is one or more sentences for the user: what failed, on which
 * thing, what to do. A command prints it without a stack trace and exits with code 1.
 */
public class StampedeException extends RuntimeException {
    public StampedeException(String message) {
        super(message);
    }

    public StampedeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
