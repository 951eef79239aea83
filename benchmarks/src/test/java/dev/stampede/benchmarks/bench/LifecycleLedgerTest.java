package dev.stampede.benchmarks.bench;

import static dev.stampede.streaming.Classifications.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.demo.Candidate;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifecycleLedgerTest {
    private static final int STAMPS = 100;
    private static final int LABELLED = 40;

    private static StampClassifier classifier;
    private static AlertPool pool;
    private static OfflineVerdicts offline;
    private static List<Judgement> judgements;

    private LifecycleLedger ledger;

    @BeforeAll
    static void judgeThePool() {
        classifier = StampClassifier.open(ModelFile.shipped());
        pool = AlertPool.of(classifier.contract().channels(), STAMPS, 3);
        offline = new OfflineVerdicts(pool);
        offline.add(classifier);
        try (Judge judge = classifier.newJudge(STAMPS)) {
            judgements = judge.judge(pool.stamps());
        }
    }

    @BeforeEach
    void openTheLedger() {
        ledger = new LifecycleLedger(pool, LABELLED, offline, 2);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    /** What the model says of an alert whose stamp it can judge. */
    private static Classification said(long number) {
        Judgement.Scored scored = (Judgement.Scored) judgements.get(pool.stampOf(number));
        Classification said = Classifications.said(Long.toString(number), 0.5f, 0);
        with(said, "modelSha256", classifier.model().sha256());
        with(said, "threshold", classifier.contract().threshold());
        with(said, "probability", scored.probability());
        with(said, "verdict", Verdict.valueOf(scored.verdict().name()));
        return said;
    }

    private boolean enter(long number, Classification said) throws IOException {
        return ledger.isRight(
                number,
                new ConsumerRecord<>(
                        Topics.DEFAULT.classifications(),
                        (int) (number % 2),
                        number,
                        AlertPool.key(number),
                        SingleObject.write(said)));
    }

    @Test
    void takesWhatTheNamedModelSaysAndNothingElse() throws IOException {
        assertThat(enter(7, said(7))).isTrue();
        assertThat(enter(8, said(7))).as("of another alert").isFalse();
        Classification other = said(9);
        with(other, "probability", 1 - other.getProbability());
        assertThat(enter(9, other)).as("another probability").isFalse();
        Classification unknown = said(10);
        with(unknown, "modelSha256", "00");
        assertThat(enter(10, unknown)).as("a model that nobody released").isFalse();
        Classification swapped = said(11);
        with(swapped, "verdict", swapped.getVerdict() == Verdict.REAL ? Verdict.BOGUS : Verdict.REAL);
        assertThat(enter(11, swapped)).as("a verdict that does not follow").isFalse();
    }

    @Test
    void aDeadLetterIsNeverRight() throws IOException {
        assertThat(ledger.isRight(
                        1,
                        new ConsumerRecord<>(
                                Topics.DEFAULT.deadLetters(), 0, 0, AlertPool.key(1), new byte[] {1, 2, 3})))
                .isFalse();
    }

    @Test
    void aModelJudgesOnceEachPartitionHasItsOutcomeLast() throws IOException {
        String sha256 = classifier.model().sha256();
        enter(0, said(0));
        assertThat(ledger.isJudgedBy(sha256)).isFalse();
        enter(1, said(1));
        assertThat(ledger.isJudgedBy(sha256)).isTrue();
        Classification other = said(2);
        with(other, "modelSha256", "00");
        enter(2, other);
        assertThat(ledger.isJudgedBy(sha256)).isFalse();
    }

    @Test
    void aPassCountsWhatWasFoundAmongTheStampsWithoutALabel() throws IOException {
        for (int number = STAMPS; number < 2 * STAMPS - 1; number++) {
            enter(number, said(number));
        }
        LifecyclePass pass = ledger.pass("one", classifier.model().sha256(), STAMPS, 2 * STAMPS);
        assertThat(pass.byAnother()).as("the last has no outcome").isEqualTo(1);
        assertThat(pass.sources()).isEqualTo((int) unlabelled(LifecycleLedgerTest::isSource));
        long found = unlabelled(stamp -> isSource(stamp) && isCalledReal(stamp));
        assertThat(pass.recall()).isEqualTo(Figures.rounded((double) found / pass.sources()));
        long bogus = unlabelled(stamp -> !pool.candidate(stamp).isReal());
        long mistaken = unlabelled(stamp -> !pool.candidate(stamp).isReal() && isCalledReal(stamp));
        assertThat(pass.falsePositiveRate()).isEqualTo(Figures.rounded((double) mistaken / bogus));
        assertThat(pass.recall()).isGreaterThan(0.8);
    }

    private static long unlabelled(IntPredicate which) {
        return IntStream.range(LABELLED, STAMPS).filter(which).count();
    }

    private static boolean isSource(int stamp) {
        Candidate candidate = pool.candidate(stamp);
        return candidate.isReal() && candidate.signalToNoise() >= 8;
    }

    /** The last of the pool never came. */
    private static boolean isCalledReal(int stamp) {
        return stamp < STAMPS - 1 && judgements.get(stamp).verdict().name().equals("REAL");
    }
}
