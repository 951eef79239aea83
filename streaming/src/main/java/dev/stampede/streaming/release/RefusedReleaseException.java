package dev.stampede.streaming.release;

import dev.stampede.streaming.observe.ReleaseFault;

/** A release is not taken; the message says what is wrong with it. */
final class RefusedReleaseException extends Exception {
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

    /** Whether it may go well later, without another release. */
    boolean mayPass() {
        return fault == ReleaseFault.UNAVAILABLE;
    }
}
