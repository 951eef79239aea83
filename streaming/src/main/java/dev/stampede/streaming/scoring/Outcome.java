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
     * @param executionProvider what computed the score: cpu or cuda
     * @param map its occlusion map, where that goes out with it
     */
    record Judged(
            Alert alert, Judgement judgement, Instant scoredTime, String executionProvider, Optional<OcclusionMap> map)
            implements Outcome {
        /** Without a map. */
        public Judged(Alert alert, Judgement judgement, Instant scoredTime, String executionProvider) {
            this(alert, judgement, scoredTime, executionProvider, Optional.empty());
        }

        Judged explainedBy(Optional<OcclusionMap> found) {
            return new Judged(alert, judgement, scoredTime, executionProvider, found);
        }
    }

    /** The value was not understood. */
    record Refused(DeadLetter deadLetter) implements Outcome {}

    /** A verdict that was published before has its map now. */
    record Explained(Classification verdict, OcclusionMap map) implements Outcome {}

    /** A request for a map was not fulfilled; {@code reason} says why. */
    record Unexplained(String reason) implements Outcome {}
}
