package dev.stampede.stamps.explain;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Explains batches of stamps: hides their pixels patch by patch, normalises the rest again and runs the model on it, with
 * many positions of many stamps in one run. Not thread-safe; the model may be shared.
 */
public final class Explainer implements AutoCloseable {
    /** Positions in one run for which the network's activations fit the cache of a core; a GPU needs more. */
    public static final int CPU_BATCH = 64;

    /** Minimum number of stamps that are explained together, so that a round of few positions still fills a run. */
    private static final int MIN_STAMPS = 16;

    private final StampPredictor predictor;
    private final Scorer scorer;
    private final float[] occluded;
    private final OccludedStamp[] slots;
    /** By place in the run: its slot and its position. */
    private final int[] slotAt;

    private final int[] positionAt;

    private Explainer(StampModel model, OcclusionSettings settings, int batch) {
        ModelContract contract = model.contract();
        PatchPositions positions = new PatchPositions(contract.stampSize(), settings.patch(), settings.stride());
        slots = new OccludedStamp[Math.max(MIN_STAMPS, batch / MIN_STAMPS)];
        Arrays.setAll(slots, slot -> new OccludedStamp(contract, settings, positions));
        occluded = new float[contract.input().pixels()];
        slotAt = new int[batch];
        positionAt = new int[batch];
        predictor = model.newPredictor(slots.length);
        scorer = model.newScorer(batch);
    }

    /**
     * An explainer that shares the session of {@code model}. Close it before the model.
     *
     * @param batch positions in one run of the model, such as {@link #CPU_BATCH}; 1 or more
     * @throws IllegalArgumentException if the patch does not fit the model's stamps, or {@code batch} is out of range
     * @throws IllegalStateException if the model is closed
     */
    public static Explainer of(StampModel model, OcclusionSettings settings, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("the batch must be 1 or more, not " + batch);
        }
        return new Explainer(model, settings, batch);
    }

    /**
     * The explanation of each stamp, in order: the prediction of a {@link StampPredictor} and, if it was scored, its map.
     * The map of a stamp larger than the model's input covers its centre, which was scored.
     *
     * @throws dev.stampede.stamps.score.ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public List<Explanation> explain(List<Stamp> stamps) {
        return explain(stamps, (stamp, prediction) -> prediction);
    }

    /**
     * The same for given verdicts, such as those over eight views: each map shows the attribution of the given verdict,
     * REAL or BOGUS. For ABSTAIN the verdict of the predictor is used.
     */
    public List<Explanation> explain(List<Stamp> stamps, List<Verdict> given) {
        return explain(
                stamps,
                (stamp, prediction) -> prediction instanceof Scored scored && given.get(stamp) != Verdict.ABSTAIN
                        ? new Scored(scored.probability(), given.get(stamp), scored.quality())
                        : prediction);
    }

    /** Replaces the prediction of the stamp with that index. */
    private interface Correction {
        Prediction of(int stamp, Prediction prediction);
    }

    private List<Explanation> explain(List<Stamp> stamps, Correction correction) {
        List<Explanation> explanations = new ArrayList<>(stamps.size());
        for (int first = 0; first < stamps.size(); first += slots.length) {
            List<Stamp> some = stamps.subList(first, Math.min(stamps.size(), first + slots.length));
            List<Prediction> predictions = new ArrayList<>(predictor.predict(some));
            for (int i = 0; i < some.size(); i++) {
                predictions.set(i, correction.of(first + i, predictions.get(i)));
            }
            int scoredStamps = load(some, predictions);
            while (scoredStamps > 0 && scoreRound(scoredStamps)) {}
            collect(predictions, explanations);
        }
        return explanations;
    }

    /** Assigns a slot to each scored stamp, in order, and returns their number. */
    private int load(List<Stamp> stamps, List<Prediction> predictions) {
        int scoredStamps = 0;
        for (int i = 0; i < stamps.size(); i++) {
            if (predictions.get(i) instanceof Scored scored) {
                slots[scoredStamps++].load(stamps.get(i), scored);
            }
        }
        return scoredStamps;
    }

    /** Scores the requested positions of every stamp; false if no stamp requests more. */
    private boolean scoreRound(int scoredStamps) {
        for (int slot = 0; slot < scoredStamps; slot++) {
            PositionSearch search = slots[slot].search();
            for (int i = 0; i < search.requested(); i++) {
                enter(slot, search.requested(i));
            }
        }
        run();
        boolean more = false;
        for (int slot = 0; slot < scoredStamps; slot++) {
            more |= slots[slot].search().advance();
        }
        return more;
    }

    private void enter(int slot, int position) {
        slots[slot].occlude(position, occluded);
        int place = scorer.add(occluded, slots[slot].features());
        slotAt[place] = slot;
        positionAt[place] = position;
        if (scorer.count() == scorer.capacity()) {
            run();
        }
    }

    private void run() {
        if (scorer.count() > 0) {
            scorer.run();
            for (int place = 0; place < scorer.count(); place++) {
                slots[slotAt[place]].search().record(positionAt[place], scorer.probability(place));
            }
            scorer.clear();
        }
    }

    private void collect(List<Prediction> predictions, List<Explanation> explanations) {
        int slot = 0;
        for (Prediction prediction : predictions) {
            explanations.add(new Explanation(
                    prediction,
                    prediction instanceof Scored scored ? Optional.of(slots[slot++].map(scored)) : Optional.empty()));
        }
    }

    /** Frees the buffers; closing twice does nothing. */
    @Override
    public void close() {
        scorer.close();
        predictor.close();
    }
}
