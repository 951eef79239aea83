package dev.stampede.stamps.explain;

/**
 * Chooses the positions of the patch that are scored, round by round, each from what the ones before have shown. Reused
 * from stamp to stamp.
 */
interface Survey {
    /** Begins anew with a stamp of that probability when nothing is hidden; the first round is then wanted. */
    void begin(float original);

    /** How many positions the present round wants. */
    int wanted();

    /** The wanted position of that place in the round. */
    int wanted(int place);

    /** Takes what the model said of a wanted position. */
    void take(int position, float probability);

    /** Ends the round; false where no further one is wanted and every position has its probability. */
    boolean advance();

    /** The probability that the stamp is real with the patch at that position, when the survey is complete. */
    float probability(int position);

    /** How many positions were scored. */
    int passes();
}
