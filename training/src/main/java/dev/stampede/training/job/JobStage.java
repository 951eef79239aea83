package dev.stampede.training.job;

import java.util.Locale;

/** What a job does next. */
public enum JobStage {
    /** Nothing is in progress: the next start begins a run if there are enough new labels. */
    IDLE,
    /** A run has begun: its labels are exported. */
    EXPORT,
    /** A model is trained on them and compared with the live model. */
    TRAINING,
    /** The gate has accepted the model: it is released as shadow. */
    RELEASE,
    /** The model scores as shadow until enough alerts are compared. */
    SHADOW,
    /** A person promotes or withdraws the model. */
    DECISION;

    /** Its name in metrics and messages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
