package dev.stampede.stamps.table;

import dev.stampede.stamps.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** A table cannot be read; the message names the file and, if known, the line and the column. */
public final class InvalidTableException extends InvalidInputException {
    InvalidTableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
