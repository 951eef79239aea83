package dev.stampede.training.job;

import java.util.Locale;

/** How a run ended. */
public enum RunOutcome {
    /** The gate rejected the model. */
    REJECTED,
    /** The model is live, promoted by the job or by a person. */
    PROMOTED,
    /** A person withdrew the model, or released another one as shadow. */
    WITHDRAWN;

    /** Its name in metrics and pages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
