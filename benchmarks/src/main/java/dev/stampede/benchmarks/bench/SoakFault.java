package dev.stampede.benchmarks.bench;

/** What is done to a stream under a steady load, in this order, again and again. */
enum SoakFault {
    /** The broker ends on SIGTERM and goes on with its data. */
    RESTART_BROKER("broker restart"),
    /** SIGKILL for one of two instances; a new one starts at once. */
    KILL_INSTANCE("kill -9"),
    /** For five seconds every second value cannot be read. */
    POISON_STORM("poison storm");

    private final String words;

    SoakFault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
