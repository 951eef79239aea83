package dev.stampede.stamps.score;

/** The outcome for a candidate. */
public enum Verdict {
    /** A point source: the probability reaches the model's threshold. */
    REAL,
    /** Not a point source. */
    BOGUS,
    /** The stamp cannot be scored, because of an {@link Abstention}. */
    ABSTAIN
}
