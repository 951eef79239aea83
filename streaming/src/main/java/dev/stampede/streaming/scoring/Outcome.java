package dev.stampede.streaming.scoring;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/** The result of one record of a poll. */
public sealed interface Outcome {
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
