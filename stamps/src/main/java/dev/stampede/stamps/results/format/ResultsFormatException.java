package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.StampedeException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file is not a supported results table; the message names the file, the problem and the remedy. */
public final class ResultsFormatException extends StampedeException {
    public ResultsFormatException(Path file, String problemAndRemedy) {
        this(file, problemAndRemedy, null);
    }

    ResultsFormatException(Path file, String problemAndRemedy, @Nullable Throwable cause) {
        super(file + " " + problemAndRemedy, cause);
    }
}
