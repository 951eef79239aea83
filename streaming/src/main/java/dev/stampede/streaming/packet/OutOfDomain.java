package dev.stampede.streaming.packet;

/** What happens to an alert outside the domain of the model. */
public enum OutOfDomain {
    /** An abstention, OUT_OF_DOMAIN. */
    ABSTAIN,
    /** It is classified nevertheless. */
    CLASSIFY
}
