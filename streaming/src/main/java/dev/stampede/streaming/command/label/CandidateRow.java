package dev.stampede.streaming.command.label;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stampede.schemas.Classification;
import dev.stampede.streaming.review.ReviewCandidate;
import dev.stampede.streaming.review.ReviewReason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a candidate for review is printed. */
record CandidateRow(int rank, ReviewCandidate candidate) {
    String toText() {
        Classification classification = candidate.reported();
        return String.format(
                Locale.ROOT,
                "%4d  %-7s  %11.6f  %7.2f  %s  %s",
                rank,
                classification.getVerdict(),
                classification.getProbability(),
                candidate.urgency(),
                classification.getAlertId(),
                candidate.reasons().keySet().stream()
                        .map(ReviewReason::describe)
                        .collect(Collectors.joining(", ")));
    }

    @JsonValue
    Map<String, @Nullable Object> toJson() {
        Classification classification = candidate.reported();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rank", rank);
        json.put("alertId", classification.getAlertId());
        json.put("objectId", classification.getObjectId());
        json.put("survey", classification.getSurvey());
        json.put("verdict", classification.getVerdict().name());
        json.put("probability", classification.getProbability());
        json.put("threshold", classification.getThreshold());
        json.put("urgency", candidate.urgency());
        json.put("concerns", candidate.reasons());
        return json;
    }
}
