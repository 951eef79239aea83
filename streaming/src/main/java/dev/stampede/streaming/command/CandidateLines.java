package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Classification;
import dev.stampede.streaming.review.Candidate;
import dev.stampede.streaming.review.Concern;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How candidates to look at are written: a line each. */
enum CandidateLines {
    /** Columns for the eye. */
    TEXT {
        @Override
        Optional<String> head() {
            return Optional.of("rank  verdict  probability  urgency  alert  why");
        }

        @Override
        String line(int rank, Candidate candidate) {
            Classification said = candidate.said();
            return String.format(
                    Locale.ROOT,
                    "%4d  %-7s  %11.6f  %7.2f  %s  %s",
                    rank,
                    said.getVerdict(),
                    said.getProbability(),
                    candidate.urgency(),
                    said.getAlertId(),
                    words(candidate));
        }
    },
    /** One JSON object a line. */
    JSON {
        @Override
        Optional<String> head() {
            return Optional.empty();
        }

        @Override
        String line(int rank, Candidate candidate) {
            Classification said = candidate.said();
            ObjectNode line = MAPPER.createObjectNode()
                    .put("rank", rank)
                    .put("alertId", said.getAlertId())
                    .put("objectId", said.getObjectId())
                    .put("survey", said.getSurvey())
                    .put("verdict", said.getVerdict().name())
                    .put("probability", said.getProbability())
                    .put("threshold", said.getThreshold())
                    .put("urgency", candidate.urgency());
            ObjectNode concerns = line.putObject("concerns");
            candidate.concerns().forEach((concern, weight) -> concerns.put(concern.name(), weight));
            return line.toString();
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A line above the others. */
    abstract Optional<String> head();

    abstract String line(int rank, Candidate candidate);

    /** Why, in words. */
    static String words(Candidate candidate) {
        return candidate.concerns().keySet().stream().map(Concern::words).collect(Collectors.joining(", "));
    }
}
