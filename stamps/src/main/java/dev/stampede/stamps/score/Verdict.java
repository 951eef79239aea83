package dev.stampede.stamps.score;

/** What Stampede says of a candidate. */
public enum Verdict {
    /** A point source: the probability reaches the model's threshold. */
    REAL,
    /** Not a point source. */
    BOGUS,
    /** The stamp cannot be judged, for a stated {@link Abstention}. */
    ABSTAIN
}
