package dev.stampede.streaming.release;

import dev.stampede.streaming.monitor.ReleaseFault;

/** A release was rejected; the message says why. */
public final class RefusedReleaseException extends Exception {
    private final ReleaseFault fault;

    RefusedReleaseException(ReleaseFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    RefusedReleaseException(ReleaseFault fault, Throwable cause) {
        super(cause.getMessage(), cause);
        this.fault = fault;
    }

    ReleaseFault fault() {
        return fault;
    }

    /** Whether a retry may succeed. */
    boolean isTransient() {
        return fault == ReleaseFault.UNAVAILABLE;
    }
}
