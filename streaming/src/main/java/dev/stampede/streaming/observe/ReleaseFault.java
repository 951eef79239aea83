package dev.stampede.streaming.observe;

/** Why a release of a model is refused. */
public enum ReleaseFault {
    /** The record is no release. */
    UNREADABLE,
    /** Its file cannot be fetched; it is tried again. */
    UNAVAILABLE,
    /** Its file is larger than the settings allow. */
    TOO_LARGE,
    /** The file has another size or SHA-256 than the release says. */
    WRONG_CONTENT,
    /** The file is no model of this version of Stampede. */
    INVALID,
    /** The model does not do what it says. */
    UNPROVEN,
    /** The model judges other stamps than the stream has. */
    MISFIT,
    /** The engine cannot open it, or failed while it scored as a shadow. */
    FAILED
}
