package dev.stampede.commandline;

import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;

/** Standard output cannot be written. {@link CommandRunner} ends the command. */
final class LostOutputException extends RuntimeException {
    private final boolean hasReaderEnded;

    LostOutputException(boolean hasReaderEnded, IOException cause) {
        super("Cannot write standard output: " + FailureReason.of(cause) + ".", cause);
        this.hasReaderEnded = hasReaderEnded;
    }

    /** Whether the reader of a pipe has ended, as {@code head} does, which is not a failure of the command. */
    boolean hasReaderEnded() {
        return hasReaderEnded;
    }
}
