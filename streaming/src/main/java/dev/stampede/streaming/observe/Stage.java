package dev.stampede.streaming.observe;

/** A stage of an alert's way whose time is measured. */
public enum Stage {
    /** From bytes to stamps, a poll at a time. */
    DECODE,
    /** From stamps to what the model sees, a poll at a time. */
    NORMALISE,
    /** The runs of the model, a poll at a time. */
    SCORE,
    /** From an outcome to the record that goes out, one at a time. */
    PUBLISH,
    /** From stamps to their occlusion maps, a poll at a time. */
    EXPLAIN
}
