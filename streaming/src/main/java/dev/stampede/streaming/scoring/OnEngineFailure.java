package dev.stampede.streaming.scoring;

/** What becomes of a stream whose GPU fails while it runs. */
public enum OnEngineFailure {
    /** It stops: whoever runs it starts it again. */
    STOP,
    /** It goes on with the CPU, and is not ready. */
    CPU
}
