package dev.stampede.training.gate;

/** The result of a check of the gate. */
public enum CheckResult {
    /** The interval of the difference lies below zero. */
    BETTER("better"),
    /** The interval of the difference includes zero, or a limit is met. */
    NOT_WORSE("not worse"),
    /** The interval of the difference lies above zero, or a limit is exceeded: the gate rejects the model. */
    WORSE("worse"),
    /** Too few sources for a comparison; the gate ignores the check. */
    TOO_FEW("too few sources"),
    /** The limit is infinite; the gate ignores the check. */
    NOT_COMPARED("not compared");

    private final String description;

    CheckResult(String description) {
        this.description = description;
    }

    /** The text for reports. */
    public String describe() {
        return description;
    }
}
