package dev.stampede.streaming.demo;

/**
 * The books of a demo at one moment.
 *
 * @param alertsIn alerts sent
 * @param real outcomes REAL
 * @param bogus outcomes BOGUS
 * @param abstain outcomes ABSTAIN
 * @param deadLetters values that came back as dead letters
 * @param missing alerts without an outcome
 * @param repeated outcomes of an alert that already had one, or was never sent
 * @param misrouted garbage that was classified, or alerts that were called garbage
 * @param seconds from the first alert sent to the last outcome read back
 * @param latencyMillisP50 median time from an alert's produce timestamp to its classification read back
 * @param latencyMillisP99 the same, exceeded by one in a hundred
 * @param score how the verdicts compare with the truth
 */
record Tally(
        long alertsIn,
        long real,
        long bogus,
        long abstain,
        long deadLetters,
        long missing,
        long repeated,
        long misrouted,
        double seconds,
        long latencyMillisP50,
        long latencyMillisP99,
        Score score) {

    long outcomes() {
        return real + bogus + abstain + deadLetters;
    }

    /** Outcomes per second; 0 before the first. */
    double alertsPerSecond() {
        return seconds > 0 ? outcomes() / seconds : 0;
    }

    /** Whether every alert had exactly one outcome, on the topic where it belongs. */
    boolean isConserved() {
        return missing == 0 && repeated == 0 && misrouted == 0;
    }
}
