package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What models say of a pool of alerts without a stream, to hold a stream's classifications against. Thread-safe. */
final class OfflineVerdicts {
    private static final int BATCH = 256;

    /** The last bits depend on how many stamps one run of the model scores. */
    private static final float PROBABILITY_TOLERANCE = 1e-4f;

    private final AlertPool pool;
    private final Map<String, List<Judgement>> bySha256 = new ConcurrentHashMap<>();

    OfflineVerdicts(AlertPool pool) {
        this.pool = pool;
    }

    /** Judges the pool with one more model; before a stream may do so. */
    void add(StampClassifier classifier) {
        try (Judge judge = classifier.newJudge(BATCH)) {
            bySha256.put(classifier.model().sha256(), judge.judge(pool.stamps()));
        }
    }

    /** Whether {@code said} is of the alert of {@code number}, and says what the model that it names says. */
    boolean agree(long number, Classification said) {
        List<Judgement> judgements = bySha256.get(said.getModelSha256());
        return judgements != null
                && said.getAlertId().equals(Long.toString(number))
                && agree(judgements.get(pool.stampOf(number)), said);
    }

    private static boolean agree(Judgement judgement, Classification said) {
        Float probability = said.getProbability();
        if (judgement instanceof Judgement.Scored scored && probability != null) {
            float difference = Math.abs(scored.probability() - probability);
            boolean sameVerdict =
                    scored.verdict().name().equals(said.getVerdict().name());
            // Within the tolerance of the threshold either verdict follows from the probability that came with it.
            boolean ownVerdict = (said.getVerdict() == Verdict.REAL) == (probability >= said.getThreshold());
            return difference <= PROBABILITY_TOLERANCE && (sameVerdict || ownVerdict);
        }
        return judgement instanceof Judgement.Abstained && probability == null;
    }
}
