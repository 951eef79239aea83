package dev.stampede.streaming.settings;

import dev.stampede.stamps.error.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** A setting is missing, unknown or invalid; the message names its key. */
public final class InvalidSettingException extends InvalidInputException {
    public InvalidSettingException(String message) {
        super(message);
    }

    public InvalidSettingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
