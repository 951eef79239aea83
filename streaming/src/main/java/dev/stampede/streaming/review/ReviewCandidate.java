package dev.stampede.streaming.review;

import dev.stampede.schemas.Classification;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * A classification that an expert should review.
 *
 * @param reasons one or more, each with its weight, above 0 to 1
 */
public record ReviewCandidate(Classification reported, Map<ReviewReason, Double> reasons) {
    /** The most urgent first, then by id, so that the order is unique. */
    static final Comparator<ReviewCandidate> BY_URGENCY = Comparator.comparingDouble(ReviewCandidate::urgency)
            .reversed()
            .thenComparing(candidate -> candidate.reported().getAlertId());

    public ReviewCandidate {
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a candidate needs a reason for review");
        }
        reasons = Collections.unmodifiableMap(new EnumMap<>(reasons));
    }

    /** The sum of the weights. */
    public double urgency() {
        return reasons.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
