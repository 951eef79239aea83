package dev.stampede.systemtests.crash;

/** A failure that is injected while the stream runs. */
enum CrashEvent {
    /** SIGKILL of an instance; a new one starts at once. */
    KILL,
    /** SIGTERM of an instance; a new one starts when it has ended. */
    TERMINATE,
    /** Another instance joins, works for a moment, and leaves on SIGTERM. */
    JOIN_AND_LEAVE,
    /** A broker stops and starts again on its data. */
    RESTART_BROKER,
    /** SIGKILL of an instance that is not replaced. */
    LOSE_INSTANCE,
    /** SIGKILL of a broker that is not replaced. */
    LOSE_BROKER
}
