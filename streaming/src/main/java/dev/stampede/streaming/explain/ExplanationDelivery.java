package dev.stampede.streaming.explain;

/** How an explanation reaches its readers. */
public enum ExplanationDelivery {
    /** Later, on a topic of its own; the verdict does not wait. */
    TOPIC,
    /** With the verdict, which waits for it. */
    INLINE
}
