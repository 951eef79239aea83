package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Judgement;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import java.time.Instant;

/** What became of one record of a poll. */
public sealed interface Outcome {
    /**
     * The alert was understood.
     *
     * @param judgement may be an abstention
     * @param executionProvider what computed the score: cpu or cuda
     */
    record Judged(Alert alert, Judgement judgement, Instant scoredTime, String executionProvider) implements Outcome {}

    /** The value was not understood. */
    record Refused(DeadLetter deadLetter) implements Outcome {}
}
