package dev.stampede.benchmarks.bench;

/** What is done to a stream while it works. */
enum CrashEvent {
    /** SIGKILL; a new instance starts at once. */
    KILL,
    /** SIGTERM; a new instance starts once it is gone. */
    TERMINATE,
    /** A second instance joins, works for a moment, and leaves on SIGTERM. */
    JOIN_AND_LEAVE,
    /** The broker stops and starts again on its data. */
    RESTART_BROKER
}
