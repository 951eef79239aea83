package dev.stampede.streaming.scoring;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/** What became of one record of a poll. */
public sealed interface Outcome {
    /**
     * The alert was understood.
     *
     * @param judgement may be an abstention
     * @param model whose judgement it is
     * @param executionProvider what computed the score: cpu or cuda
     * @param map its occlusion map, where that goes out with it
     * @param shadow what the shadow says of the same alert, where one does
     */
    record Judged(
            Alert alert,
            Judgement judgement,
            ModelIdentity model,
            Instant scoredTime,
            String executionProvider,
            Optional<OcclusionMap> map,
            Optional<Judged> shadow)
            implements Outcome {
        /** Without a map or a shadow. */
        public Judged(
                Alert alert, Judgement judgement, ModelIdentity model, Instant scoredTime, String executionProvider) {
            this(alert, judgement, model, scoredTime, executionProvider, Optional.empty(), Optional.empty());
        }

        Judged explainedBy(Optional<OcclusionMap> found) {
            return new Judged(alert, judgement, model, scoredTime, executionProvider, found, shadow);
        }

        Judged beside(Judged ofShadow) {
            return new Judged(alert, judgement, model, scoredTime, executionProvider, map, Optional.of(ofShadow));
        }
    }

    /** The value was not understood. */
    record Refused(DeadLetter deadLetter) implements Outcome {}

    /** A verdict that was published before has its map now. */
    record Explained(Classification verdict, OcclusionMap map) implements Outcome {}

    /** A request for a map was not fulfilled; {@code reason} says why. */
    record Unexplained(String reason) implements Outcome {}
}
