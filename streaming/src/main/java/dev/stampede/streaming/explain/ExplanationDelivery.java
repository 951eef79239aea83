package dev.stampede.streaming.explain;

/** How explanations are delivered. */
public enum ExplanationDelivery {
    /** Later, on a separate topic; the verdict does not wait. */
    TOPIC,
    /** With the verdict, which waits for it. */
    INLINE
}
