package dev.stampede.stamps.npy;

import java.nio.file.Path;

/** A file is not a supported {@code .npy} array; the message names the file, the problem and the remedy. */
public final class NpyFormatException extends RuntimeException {
    NpyFormatException(Path file, String problemAndRemedy) {
        super(file + " " + problemAndRemedy);
    }
}
