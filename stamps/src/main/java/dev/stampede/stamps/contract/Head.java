package dev.stampede.stamps.contract;

import java.util.Locale;

/** What the numbers are that a network computes for one stamp. */
public enum Head {
    /** The probability of each class. */
    PROBABILITIES,
    /** A logit of each class; their softmax is the probabilities. */
    SOFTMAX,
    /** One number, the probability of the real class. */
    SIGMOID,
    /** One logit; its logistic function is the probability of the real class. */
    SIGMOID_LOGIT;

    /** The name in model files, such as {@code sigmoid-logit}. */
    public String headName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The numbers that a network computes for one stamp. */
    public int width(int classes) {
        return this == SIGMOID || this == SIGMOID_LOGIT ? 1 : classes;
    }
}
