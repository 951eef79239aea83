package dev.stampede.streaming.settings;

/** The action after a failure of the GPU at runtime. */
public enum EngineFailurePolicy {
    /** Stop the stream; its supervisor restarts it. */
    STOP,
    /** Fall back to the CPU; the stream is not ready. */
    CPU
}
