package dev.stampede.streaming.monitor;

/** Why a model release is rejected. */
public enum ReleaseFault {
    /** The record is not a release. */
    UNREADABLE,
    /** Its file cannot be fetched; retried. */
    UNAVAILABLE,
    /** Its file is larger than the settings allow. */
    TOO_LARGE,
    /** Size or SHA-256 of the file differ from the release. */
    WRONG_CONTENT,
    /** The file is not a model of this version of Stampede. */
    INVALID,
    /** The model fails verification. */
    UNVERIFIED,
    /** Another file has the same model name and version. */
    NAME_TAKEN,
    /** The model expects other stamps than the stream provides. */
    MISMATCH,
    /** The engine cannot open it, or failed while scoring it as a shadow. */
    FAILED
}
