package dev.stampede.systemtests.lifecycle;

import static dev.stampede.streaming.Classifications.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.demo.DemoCandidate;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.SingleObject;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleOutcomesTest {
    private static final int STAMPS = 100;
    private static final int LABELLED = 40;

    private static StampModel classifier;
    private static AlertPool pool;
    private static ExpectedOutcomes expected;
    private static List<Prediction> predictions;

    private LifecycleOutcomes outcomes;

    @BeforeAll
    static void classifyPool() {
        classifier = StampModel.open(ModelFile.shipped());
        pool = AlertPool.of(classifier.contract().planes(), STAMPS, 3);
        expected = new ExpectedOutcomes(pool);
        expected.add(classifier);
        try (StampPredictor predictor = classifier.newPredictor(STAMPS)) {
            predictions = predictor.predict(pool.stamps());
        }
    }

    @BeforeEach
    void newOutcomes() {
        outcomes = new LifecycleOutcomes(pool, LABELLED, expected, 2);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    /** The classification of an alert by the model. */
    private static Classification published(long number) {
        Prediction.Scored scored = (Prediction.Scored) predictions.get(pool.stampOf(number));
        Classification published = Classifications.reported(Long.toString(number), 0.5f, 0);
        with(published, "modelSha256", classifier.model().sha256());
        with(published, "threshold", classifier.contract().threshold());
        with(published, "probability", scored.probability());
        with(published, "verdict", Verdict.valueOf(scored.verdict().name()));
        return published;
    }

    private boolean enter(long number, Classification published) throws IOException {
        return outcomes.isRight(
                number,
                new ConsumerRecord<>(
                        TopicNames.DEFAULT.classifications(),
                        (int) (number % 2),
                        number,
                        AlertPool.key(number),
                        SingleObject.write(published)));
    }

    @Test
    void acceptsOnlyTheVerdictOfTheNamedModel() throws IOException {
        assertThat(enter(7, published(7))).isTrue();
        assertThat(enter(8, published(7))).as("of another alert").isFalse();
        Classification other = published(9);
        with(other, "probability", 1 - other.getProbability());
        assertThat(enter(9, other)).as("another probability").isFalse();
        Classification unknown = published(10);
        with(unknown, "modelSha256", "00");
        assertThat(enter(10, unknown)).as("an unknown model").isFalse();
        Classification swapped = published(11);
        with(swapped, "verdict", swapped.getVerdict() == Verdict.REAL ? Verdict.BOGUS : Verdict.REAL);
        assertThat(enter(11, swapped))
                .as("a verdict that contradicts its probability")
                .isFalse();
    }

    @Test
    void aDeadLetterIsNeverRight() throws IOException {
        assertThat(outcomes.isRight(
                        1,
                        new ConsumerRecord<>(
                                TopicNames.DEFAULT.deadLetters(), 0, 0, AlertPool.key(1), new byte[] {1, 2, 3})))
                .isFalse();
    }

    @Test
    void aModelScoresWhenTheLatestOutcomeOfEachPartitionIsIts() throws IOException {
        String sha256 = classifier.model().sha256();
        enter(0, published(0));
        assertThat(outcomes.isScoredBy(sha256)).isFalse();
        enter(1, published(1));
        assertThat(outcomes.isScoredBy(sha256)).isTrue();
        Classification other = published(2);
        with(other, "modelSha256", "00");
        enter(2, other);
        assertThat(outcomes.isScoredBy(sha256)).isFalse();
    }

    @Test
    void aPassCountsOnlyUnlabelledStamps() throws IOException {
        for (int number = STAMPS; number < 2 * STAMPS - 1; number++) {
            enter(number, published(number));
        }
        LifecyclePass pass = outcomes.pass("one", classifier.model().sha256(), STAMPS, 2 * STAMPS);
        assertThat(pass.byAnother()).as("the last has no outcome").isEqualTo(1);
        assertThat(pass.sources()).isEqualTo((int) unlabelled(LifecycleOutcomesTest::isSource));
        long found = unlabelled(stamp -> isSource(stamp) && isCalledReal(stamp));
        assertThat(pass.recall()).isEqualTo((double) found / pass.sources());
        long bogus = unlabelled(stamp -> !pool.candidate(stamp).isReal());
        long mistaken = unlabelled(stamp -> !pool.candidate(stamp).isReal() && isCalledReal(stamp));
        assertThat(pass.falsePositiveRate()).isEqualTo((double) mistaken / bogus);
        assertThat(pass.recall()).isGreaterThan(0.8);
    }

    private static long unlabelled(IntPredicate which) {
        return IntStream.range(LABELLED, STAMPS).filter(which).count();
    }

    private static boolean isSource(int stamp) {
        DemoCandidate candidate = pool.candidate(stamp);
        return candidate.isReal() && candidate.signalToNoise() >= 8;
    }

    /** The last of the pool has no outcome. */
    private static boolean isCalledReal(int stamp) {
        return stamp < STAMPS - 1 && predictions.get(stamp).verdict().name().equals("REAL");
    }
}
