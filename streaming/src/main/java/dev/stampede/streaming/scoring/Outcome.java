package dev.stampede.streaming.scoring;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of one record of a poll. */
public sealed interface Outcome {
    /** Each of several, in order; this one if it is not a container. */
    default List<Outcome> parts() {
        return List.of(this);
    }

    /** The outcomes of all alerts, in order. */
    static List<Outcome> flat(List<Outcome> outcomes) {
        return outcomes.stream().flatMap(outcome -> outcome.parts().stream()).toList();
    }

    /** The outcomes of all alerts, grouped as {@code shape}: one for each record. */
    static List<Outcome> grouped(List<Outcome> flat, List<Integer> shape) {
        List<Outcome> grouped = new ArrayList<>(shape.size());
        int next = 0;
        for (int parts : shape) {
            grouped.add(parts == 1 ? flat.get(next) : new Container(flat.subList(next, next + parts)));
            next += parts;
        }
        return grouped;
    }

    /** The value was a container file of several alerts, each with its outcome. */
    record Container(List<Outcome> parts) implements Outcome {
        public Container {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The alert was decoded.
     *
     * @param prediction may be an abstention
     * @param model the model that scored it
     * @param executionProvider what computed the score: cpu or cuda
     * @param map its occlusion map, if delivered inline
     * @param shadow the shadow's result for the same alert, if any
     */
    record Classified(
            Alert alert,
            Prediction prediction,
            ModelIdentity model,
            Instant scoredTime,
            String executionProvider,
            Optional<OcclusionResult> map,
            Optional<Classified> shadow)
            implements Outcome {
        /** Without a map or a shadow. */
        public Classified(
                Alert alert, Prediction prediction, ModelIdentity model, Instant scoredTime, String executionProvider) {
            this(alert, prediction, model, scoredTime, executionProvider, Optional.empty(), Optional.empty());
        }

        public Classified withMap(Optional<OcclusionResult> found) {
            return new Classified(alert, prediction, model, scoredTime, executionProvider, found, shadow);
        }

        Classified withShadow(Classified ofShadow) {
            return new Classified(alert, prediction, model, scoredTime, executionProvider, map, Optional.of(ofShadow));
        }
    }

    /** The value could not be decoded. */
    record DeadLettered(DeadLetter deadLetter) implements Outcome {}

    /** A classification that was published earlier, with its map. */
    record Explained(Classification classification, OcclusionResult map) implements Outcome {}

    /** A request for a map that was not fulfilled. */
    record Unexplained(String reason) implements Outcome {}
}
