package dev.stampede.stamps.npy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file cannot be read or written; the message names the file and the reason. */
public final class NpyAccessException extends RuntimeException {
    private NpyAccessException(String message, IOException cause) {
        super(message, cause);
    }

    static NpyAccessException reading(Path file, IOException cause) {
        return new NpyAccessException("cannot read " + file + ": " + reason(cause), cause);
    }

    static NpyAccessException writing(Path file, IOException cause) {
        return new NpyAccessException("cannot write " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        // The message of a FileSystemException repeats the path.
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
