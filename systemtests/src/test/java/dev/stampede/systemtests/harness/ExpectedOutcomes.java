package dev.stampede.systemtests.harness;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.settings.TopicNames;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The alerts that a system test sends and the outcome that each must have: what its model predicts offline, or a dead
 * letter if it is undecodable, which one in a hundred is. Thread-safe.
 */
public final class ExpectedOutcomes implements OutcomeLog.Check {
    private static final int POOL_SIZE = 2000;
    private static final int BATCH = 256;
    private static final int UNDECODABLE_EVERY = 100;
    /** The last bits depend on the batch that a stamp is scored in. */
    private static final float PROBABILITY_TOLERANCE = 1e-4f;

    private final AlertPool pool;
    private final RecordDecoder<Classification> classifications;
    private final Map<String, List<Prediction>> bySha256 = new ConcurrentHashMap<>();
    private final List<Storm> storms = new CopyOnWriteArrayList<>();

    /** A range of alert numbers of which every second one is undecodable. */
    private record Storm(long from, long to) {
        boolean corrupts(long number) {
            return number >= from && number < to && number % 2 == 0;
        }
    }

    public ExpectedOutcomes(AlertPool pool) {
        this(pool, new RecordDecoder<>(Classification.class, SchemaSource.NONE));
    }

    private ExpectedOutcomes(AlertPool pool, RecordDecoder<Classification> classifications) {
        this.pool = pool;
        this.classifications = classifications;
    }

    /** The expected outcomes of a pool scored by {@code model}, published in {@code format}. */
    public static ExpectedOutcomes of(StampModel model, TestedFormat format) {
        ExpectedOutcomes expected =
                new ExpectedOutcomes(AlertPool.of(model.contract().planes(), POOL_SIZE), format.newDecoder());
        expected.add(model);
        return expected;
    }

    /** Adds the predictions of a model; call it before a stream may score with it. */
    public void add(StampModel model) {
        try (StampPredictor predictor = model.newPredictor(BATCH)) {
            bySha256.put(model.model().sha256(), predictor.predict(pool.stamps()));
        }
    }

    /** The record value of an alert. */
    public byte[] value(long number) {
        return isUndecodable(number) ? AlertPool.undecodable(number) : pool.value(number);
    }

    /** Makes every second alert of a range undecodable, of which none may have been sent. */
    public void corrupt(long from, long to) {
        storms.add(new Storm(from, to));
    }

    private boolean isUndecodable(long number) {
        return number % UNDECODABLE_EVERY == UNDECODABLE_EVERY - 1
                || storms.stream().anyMatch(storm -> storm.corrupts(number));
    }

    @Override
    public boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        boolean deadLetter = outcome.topic().equals(TopicNames.DEFAULT.deadLetters());
        return isUndecodable(number) ? deadLetter : !deadLetter && agrees(number, read(outcome.value()));
    }

    private Classification read(byte[] value) throws IOException {
        synchronized (classifications) {
            return classifications.decode(value);
        }
    }

    /** Whether a classification has the id of the alert and the verdict that the model it names gives offline. */
    public boolean agrees(long number, Classification published) {
        List<Prediction> predictions = bySha256.get(published.getModelSha256());
        return predictions != null
                && published.getAlertId().equals(Long.toString(number))
                && agrees(predictions.get(pool.stampOf(number)), published);
    }

    private static boolean agrees(Prediction prediction, Classification published) {
        Float probability = published.getProbability();
        if (prediction instanceof Prediction.Scored scored && probability != null) {
            float difference = Math.abs(scored.probability() - probability);
            boolean sameVerdict =
                    scored.verdict().name().equals(published.getVerdict().name());
            // Within the tolerance of the threshold either verdict follows from the probability published with it.
            boolean consistent = (published.getVerdict() == Verdict.REAL) == (probability >= published.getThreshold());
            return difference <= PROBABILITY_TOLERANCE && (sameVerdict || consistent);
        }
        return prediction instanceof Prediction.Abstained && probability == null;
    }
}
