package dev.stampede.streaming.review;

import dev.stampede.schemas.Classification;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * A classification that someone should look at.
 *
 * @param concerns why, each with its weight, above 0 to 1; at least one
 */
public record Candidate(Classification said, Map<Concern, Double> concerns) {
    /** The most urgent first; among equals by id, so that the order is one. */
    static final Comparator<Candidate> BY_URGENCY = Comparator.comparingDouble(Candidate::urgency)
            .reversed()
            .thenComparing(candidate -> candidate.said().getAlertId());

    public Candidate {
        if (concerns.isEmpty()) {
            throw new IllegalArgumentException("a candidate without a concern need not be looked at");
        }
        concerns = Collections.unmodifiableMap(new EnumMap<>(concerns));
    }

    /** The sum of the weights. */
    public double urgency() {
        return concerns.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
