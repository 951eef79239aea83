package dev.stampede.stamps.explain;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Explains batches of stamps: hides their pixels patch by patch, normalises what is left anew and asks the model again,
 * many positions of many stamps in one run. Holds buffers: one instance a thread; the classifier may be shared.
 */
public final class Explainer implements AutoCloseable {
    /** Positions in one run that keep the network's activations in the cache of a core; a GPU wants more. */
    public static final int CPU_BATCH = 64;

    /** Stamps that go through their rounds side by side, so that a round of few positions still fills a run. */
    private static final int LEAST_SIDE_BY_SIDE = 16;

    private final Judge judge;
    private final Scorer scorer;
    private final float[] occluded;
    private final OccludedStamp[] slots;
    /** By place in the run: which slot and which position it is. */
    private final int[] slotAt;

    private final int[] positionAt;

    private Explainer(StampClassifier classifier, OcclusionSettings settings, int batch) {
        ModelContract contract = classifier.contract();
        PatchPositions positions = new PatchPositions(contract.stampSize(), settings.patch(), settings.stride());
        slots = new OccludedStamp[Math.max(LEAST_SIDE_BY_SIDE, batch / LEAST_SIDE_BY_SIDE)];
        Arrays.setAll(slots, slot -> new OccludedStamp(contract, settings, positions));
        occluded = new float[contract.channels().size() * contract.stampSize() * contract.stampSize()];
        slotAt = new int[batch];
        positionAt = new int[batch];
        judge = classifier.newJudge(slots.length);
        scorer = classifier.newScorer(batch);
    }

    /**
     * An explainer that shares the session of {@code classifier}. Close it before that.
     *
     * @param batch positions in one run of the model, such as {@link #CPU_BATCH}; 1 or more
     * @throws IllegalArgumentException if the patch does not fit the model's stamps, or {@code batch} is out of range
     * @throws IllegalStateException if the classifier is closed
     */
    public static Explainer of(StampClassifier classifier, OcclusionSettings settings, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("the batch must be 1 or more, not " + batch);
        }
        return new Explainer(classifier, settings, batch);
    }

    /**
     * The explanation of each stamp, in order: what a {@link Judge} says of it and, where it was judged, its map. A
     * stamp larger than the model's input has the map of its middle, which is what was judged.
     *
     * @throws dev.stampede.stamps.score.ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public List<Explanation> explain(List<Stamp> stamps) {
        return explain(stamps, (stamp, judgement) -> judgement);
    }

    /**
     * The same for verdicts that were given before, such as over eight views: each map shows what speaks for the given
     * verdict, REAL or BOGUS, of its stamp. Where that is ABSTAIN the judge's own stands.
     */
    public List<Explanation> explain(List<Stamp> stamps, List<Verdict> given) {
        return explain(
                stamps,
                (stamp, judgement) -> judgement instanceof Scored scored && given.get(stamp) != Verdict.ABSTAIN
                        ? new Scored(scored.probability(), given.get(stamp), scored.quality())
                        : judgement);
    }

    /** What stands for the judgement of the stamp of that number. */
    private interface Correction {
        Judgement of(int stamp, Judgement judgement);
    }

    private List<Explanation> explain(List<Stamp> stamps, Correction correction) {
        List<Explanation> explanations = new ArrayList<>(stamps.size());
        for (int first = 0; first < stamps.size(); first += slots.length) {
            List<Stamp> some = stamps.subList(first, Math.min(stamps.size(), first + slots.length));
            List<Judgement> judgements = new ArrayList<>(judge.judge(some));
            for (int i = 0; i < some.size(); i++) {
                judgements.set(i, correction.of(first + i, judgements.get(i)));
            }
            int judged = load(some, judgements);
            while (judged > 0 && scoreRound(judged)) {}
            collect(judgements, explanations);
        }
        return explanations;
    }

    /** Gives each stamp that was judged a slot, in order, and answers how many those are. */
    private int load(List<Stamp> stamps, List<Judgement> judgements) {
        int judged = 0;
        for (int i = 0; i < stamps.size(); i++) {
            if (judgements.get(i) instanceof Scored scored) {
                slots[judged++].load(stamps.get(i), scored);
            }
        }
        return judged;
    }

    /** Scores what every stamp wants next; false where none wants anything further. */
    private boolean scoreRound(int judged) {
        for (int slot = 0; slot < judged; slot++) {
            Survey survey = slots[slot].survey();
            for (int i = 0; i < survey.wanted(); i++) {
                enter(slot, survey.wanted(i));
            }
        }
        run();
        boolean more = false;
        for (int slot = 0; slot < judged; slot++) {
            more |= slots[slot].survey().advance();
        }
        return more;
    }

    private void enter(int slot, int position) {
        slots[slot].occlude(position, occluded);
        int place = scorer.add(occluded);
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
                slots[slotAt[place]].survey().take(positionAt[place], scorer.probability(place));
            }
            scorer.clear();
        }
    }

    private void collect(List<Judgement> judgements, List<Explanation> explanations) {
        int slot = 0;
        for (Judgement judgement : judgements) {
            explanations.add(new Explanation(
                    judgement,
                    judgement instanceof Scored scored ? Optional.of(slots[slot++].map(scored)) : Optional.empty()));
        }
    }

    /** Frees the buffers; closing twice does nothing. */
    @Override
    public void close() {
        scorer.close();
        judge.close();
    }
}
