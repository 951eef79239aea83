package dev.stampede.stamps.explain;

/**
 * Selects the positions of the patch to score, in rounds; each round may depend on the results of the previous ones.
 * Reused for many stamps.
 */
interface PositionSearch {
    /** Begins with a stamp whose original probability is given, and requests the first round. */
    void begin(float original);

    /** The number of positions requested in this round. */
    int requested();

    /** The requested position at that index of the round. */
    int requested(int place);

    /** Records the probability of a requested position. */
    void record(int position, float probability);

    /** Ends the round; false if it was the last one and every position has a probability. */
    boolean advance();

    /** The probability of REAL with the patch at that position, after a complete search. */
    float probability(int position);

    /** The number of positions that were scored. */
    int passes();
}
