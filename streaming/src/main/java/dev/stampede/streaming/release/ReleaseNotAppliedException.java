package dev.stampede.streaming.release;

import dev.stampede.stamps.error.StampedeException;

/** A stream rejected a release, or did not apply it in time; the message names the stream. */
public final class ReleaseNotAppliedException extends StampedeException {
    ReleaseNotAppliedException(String message) {
        super(message);
    }
}
