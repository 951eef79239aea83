package dev.stampede.stamps.error;

import java.io.IOException;
import java.nio.file.Path;

/** A file or a folder cannot be read or written; the message names it and the reason. */
public final class FileAccessException extends StampedeException {
    private FileAccessException(String message, IOException cause) {
        super(message, cause);
    }

    /** {@code file} cannot be read. */
    public static FileAccessException reading(Path file, IOException cause) {
        return reading(file.toString(), cause);
    }

    /** {@code file}, such as one in an archive, cannot be read. */
    public static FileAccessException reading(String file, IOException cause) {
        return new FileAccessException("Cannot read " + file + ": " + FailureReason.of(cause) + ".", cause);
    }

    /** {@code file} cannot be written. */
    public static FileAccessException writing(Path file, IOException cause) {
        return new FileAccessException("Cannot write " + file + ": " + FailureReason.of(cause) + ".", cause);
    }
}
