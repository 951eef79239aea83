package dev.stampede.training.evaluate;

import java.util.Optional;

/**
 * A candidate that a survey and a model scored.
 *
 * @param index the position of its stamp in the array of stamps
 * @param band the filter; empty if unknown
 * @param signalToNoise the S/N of the detection by the survey; NaN if unknown
 * @param magnitude of the detection; NaN if unknown
 * @param isNegative whether the source became fainter; empty if unknown
 * @param surveyScore the score of the survey, on its scale; NaN if it has none
 * @param probability of the model, 0 to 1; NaN for an abstention, or if the candidate cannot be read
 * @param verdict of the model; {@link Verdict#UNREADABLE} if the candidate cannot be read
 */
public record SurveyCandidate(
        int index,
        String band,
        double signalToNoise,
        double magnitude,
        Optional<Boolean> isNegative,
        double surveyScore,
        double probability,
        Verdict verdict) {
    /** What the model says of a candidate. */
    public enum Verdict {
        REAL,
        BOGUS,
        ABSTAIN,
        UNREADABLE
    }

    /** Whether the model calls it REAL. */
    public boolean isCalledReal() {
        return verdict == Verdict.REAL;
    }

    /** Whether both have a score. */
    boolean isCompared() {
        return !Double.isNaN(surveyScore) && !Double.isNaN(probability);
    }
}
