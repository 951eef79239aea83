package dev.stampede.stamps.npy;

import java.nio.file.Path;

/** A file is not a {@code .npy} array that can be used here; the message names the file, the fault and the remedy. */
public final class NpyFormatException extends RuntimeException {
    NpyFormatException(Path file, String faultAndRemedy) {
        super(file + " " + faultAndRemedy);
    }
}
