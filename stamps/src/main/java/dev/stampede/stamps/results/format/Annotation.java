package dev.stampede.stamps.results.format;

/**
 * What a model says about a row of a table.
 *
 * @param verdict REAL, BOGUS or ABSTAIN
 * @param probability calibrated probability of a point source, 0 to 1; NaN for ABSTAIN
 * @param reason why the model abstained; empty unless ABSTAIN
 * @param model its name and version
 */
public record Annotation(String verdict, float probability, String reason, String model) {
    public Annotation {
        if (probability < 0 || probability > 1) { // NaN is neither
            throw new IllegalArgumentException("a probability of " + probability);
        }
    }
}
