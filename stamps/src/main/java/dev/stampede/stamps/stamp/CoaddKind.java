package dev.stampede.stamps.stamp;

/** How the exposures along a trajectory were combined into one stamp; the order is that of a model's channels. */
public enum CoaddKind {
    /** The median over the exposures, pixel by pixel. */
    MEDIAN,
    /** The mean over the exposures. */
    MEAN,
    /** The sum over the exposures. */
    SUM,
    /** The mean weighted by the inverse variance of each exposure. */
    WEIGHTED
}
