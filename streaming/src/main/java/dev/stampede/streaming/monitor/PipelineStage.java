package dev.stampede.streaming.monitor;

/** A stage of the pipeline whose time is measured. */
public enum PipelineStage {
    /** From bytes to stamps, per poll. */
    DECODE,
    /** From stamps to the model's input, per poll. */
    NORMALISE,
    /** Model runs, per poll. */
    SCORE,
    /** From an outcome to the record that is published, per alert. */
    PUBLISH,
    /** From stamps to their occlusion maps, per poll. */
    EXPLAIN
}
