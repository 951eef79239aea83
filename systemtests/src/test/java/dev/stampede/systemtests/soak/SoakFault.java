package dev.stampede.systemtests.soak;

/** A fault that is injected under a steady load; all in this order, repeatedly. */
enum SoakFault {
    /** SIGTERM; the broker restarts on its data. */
    RESTART_BROKER,
    /** SIGKILL of one of two instances; a new one starts at once. */
    KILL_INSTANCE,
    /** For five seconds every second alert is undecodable. */
    POISON_STORM
}
