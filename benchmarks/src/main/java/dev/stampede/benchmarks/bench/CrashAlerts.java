package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is sent to a stream that is crashed, and what must become of each: one in a hundred cannot be read. Thread-safe. */
final class CrashAlerts {
    private static final int POOL_SIZE = 2000;
    private static final int BATCH = 256;
    private static final long SEED = 1;
    private static final int GARBAGE_EVERY = 100;
    private static final byte[] GARBAGE = "this is no alert".getBytes(US_ASCII);

    /** The last bits depend on how many stamps one run of the model scores. */
    private static final float PROBABILITY_TOLERANCE = 1e-4f;

    private final AlertPool pool;
    private final List<Judgement> expected;
    private final List<Storm> storms = new CopyOnWriteArrayList<>();

    /** Alerts from one number on to before another, of which every second cannot be read. */
    private record Storm(long from, long to) {
        boolean spoils(long number) {
            return number >= from && number < to && number % 2 == 0;
        }
    }

    private CrashAlerts(AlertPool pool, List<Judgement> expected) {
        this.pool = pool;
        this.expected = expected;
    }

    static CrashAlerts of(StampClassifier classifier) {
        AlertPool pool = AlertPool.of(classifier.contract().channels(), POOL_SIZE, SEED);
        try (Judge judge = classifier.newJudge(BATCH)) {
            return new CrashAlerts(pool, judge.judge(pool.stamps()));
        }
    }

    /** The value of the record of {@code number}. */
    byte[] value(long number) {
        return isGarbage(number) ? GARBAGE.clone() : pool.value(number);
    }

    /** From now on every second of the alerts from {@code from} on to before {@code to} is spoilt; none is sent yet. */
    void spoil(long from, long to) {
        storms.add(new Storm(from, to));
    }

    /** Whether the alert of {@code number} must end as a dead letter. */
    boolean isGarbage(long number) {
        return number % GARBAGE_EVERY == GARBAGE_EVERY - 1 || storms.stream().anyMatch(storm -> storm.spoils(number));
    }

    /** Whether this is what the model says of the alert of {@code number}. */
    boolean isRight(long number, Classification classification) {
        if (isGarbage(number) || !classification.getAlertId().toString().equals(Long.toString(number))) {
            return false;
        }
        Judgement judgement = expected.get(pool.stampOf(number));
        Float probability = classification.getProbability();
        if (judgement instanceof Judgement.Scored scored && probability != null) {
            float difference = Math.abs(scored.probability() - probability);
            boolean sameVerdict =
                    scored.verdict().name().equals(classification.getVerdict().name());
            // Within the tolerance of the threshold either verdict follows from the probability that came with it.
            boolean ownVerdict =
                    classification.getVerdict().name().equals("REAL") == (probability >= classification.getThreshold());
            return difference <= PROBABILITY_TOLERANCE && (sameVerdict || ownVerdict);
        }
        return judgement instanceof Judgement.Abstained && probability == null;
    }
}
