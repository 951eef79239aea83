package dev.stampede.training.evaluate;

/**
 * A candidate that a survey and a model scored.
 *
 * @param name of the packet, for captions
 * @param index the position of its stamp in the array of stamps
 * @param band the filter; empty if unknown
 * @param signalToNoise the S/N of the detection by the survey; NaN if unknown
 * @param isNegative whether the source became fainter
 * @param surveyScore the score of the survey, on its scale; NaN if it has none
 * @param probability of the model, 0 to 1; NaN for an abstention
 * @param isCalledReal the verdict of the model
 */
public record SurveyCandidate(
        String name,
        int index,
        String band,
        double signalToNoise,
        boolean isNegative,
        double surveyScore,
        double probability,
        boolean isCalledReal) {
    /** Whether both have a score. */
    boolean isCompared() {
        return !Double.isNaN(surveyScore) && !Double.isNaN(probability);
    }
}
