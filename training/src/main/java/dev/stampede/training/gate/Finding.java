package dev.stampede.training.gate;

/** What a check of the gate found. */
public enum Finding {
    /** The interval of the difference lies below zero. */
    BETTER("better"),
    /** Neither can be told apart from the other, or a bound is kept. */
    NOT_WORSE("not worse"),
    /** The interval of the difference lies above zero, or a bound is passed: the gate stays shut. */
    WORSE("worse"),
    /** Too few sources to tell; the gate does not look at them. */
    TOO_FEW("too few to tell");

    private final String words;

    Finding(String words) {
        this.words = words;
    }

    /** In words, for people. */
    public String words() {
        return words;
    }
}
