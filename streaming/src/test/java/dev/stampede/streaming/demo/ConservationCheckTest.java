package dev.stampede.streaming.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Verdict;
import org.junit.jupiter.api.Test;

class ConservationCheckTest {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    private final ConservationCheck conservation = new ConservationCheck();

    private static AlertTemplate template(AlertTemplate.Kind kind, double signalToNoise) {
        return new AlertTemplate(kind, signalToNoise, id -> new byte[0]);
    }

    private void send(long number, AlertTemplate.Kind kind) throws InterruptedException {
        conservation.send(number, template(kind, kind == AlertTemplate.Kind.REAL ? 10 : Double.NaN), NO_BOUND);
    }

    @Test
    void isConservedIfEveryAlertHasOneOutcome() throws InterruptedException {
        send(0, AlertTemplate.Kind.REAL);
        send(1, AlertTemplate.Kind.BOGUS);
        send(2, AlertTemplate.Kind.UNUSABLE);
        send(3, AlertTemplate.Kind.GARBAGE);
        conservation.classified(1, Verdict.BOGUS, 20);
        conservation.classified(0, Verdict.REAL, 10);
        conservation.classified(2, Verdict.ABSTAIN, 30);
        conservation.deadLettered(3);
        DemoCounts counts = conservation.counts();
        assertThat(counts.isConserved()).isTrue();
        assertThat(counts.alertsIn()).isEqualTo(4);
        assertThat(counts.outcomes()).isEqualTo(4);
        assertThat(counts.count(Verdict.REAL)).isOne();
        assertThat(counts.count(Verdict.BOGUS)).isOne();
        assertThat(counts.count(Verdict.ABSTAIN)).isOne();
        assertThat(counts.deadLetters()).isOne();
        assertThat(counts.timing().p50Millis()).isEqualTo(20);
        assertThat(counts.timing().p99Millis()).isEqualTo(30);
        assertThat(counts.alertsPerSecond()).isPositive();
    }

    @Test
    void findsAMissingAlert() throws InterruptedException {
        send(0, AlertTemplate.Kind.REAL);
        assertThat(conservation.counts().missing()).isOne();
        assertThat(conservation.counts().isConserved()).isFalse();
    }

    @Test
    void findsARepeatedOutcomeAndOneOfNoAlert() throws InterruptedException {
        send(0, AlertTemplate.Kind.REAL);
        conservation.classified(0, Verdict.REAL, 1);
        conservation.classified(0, Verdict.REAL, 1);
        conservation.deadLettered(DemoAlertId.of(null));
        assertThat(conservation.counts().repeated()).isEqualTo(2);
        assertThat(conservation.counts().count(Verdict.REAL)).isOne();
        assertThat(conservation.counts().isConserved()).isFalse();
    }

    @Test
    void findsAnOutcomeOnTheWrongTopic() throws InterruptedException {
        send(0, AlertTemplate.Kind.REAL);
        send(1, AlertTemplate.Kind.GARBAGE);
        conservation.deadLettered(0);
        conservation.classified(1, Verdict.BOGUS, 1);
        assertThat(conservation.counts().misrouted()).isEqualTo(2);
        assertThat(conservation.counts().isConserved()).isFalse();
    }

    @Test
    void measuresVerdictsAgainstTheTruth() throws InterruptedException {
        conservation.send(0, template(AlertTemplate.Kind.REAL, 20), NO_BOUND);
        conservation.send(1, template(AlertTemplate.Kind.REAL, 8), NO_BOUND);
        conservation.send(2, template(AlertTemplate.Kind.REAL, 4), NO_BOUND);
        conservation.send(3, template(AlertTemplate.Kind.REAL, 5), NO_BOUND);
        for (int bogus = 4; bogus < 9; bogus++) {
            send(bogus, AlertTemplate.Kind.BOGUS);
        }
        conservation.classified(0, Verdict.REAL, 1);
        conservation.classified(1, Verdict.ABSTAIN, 1);
        conservation.classified(2, Verdict.REAL, 1);
        conservation.classified(3, Verdict.REAL, 1);
        conservation.classified(4, Verdict.REAL, 1);
        for (int bogus = 5; bogus < 9; bogus++) {
            conservation.classified(bogus, Verdict.BOGUS, 1);
        }
        TruthComparison truth = conservation.truth();
        assertThat(truth.brightRecall()).hasValue(0.5);
        assertThat(truth.recall()).hasValue(0.75);
        assertThat(truth.falsePositiveRate()).hasValue(0.2);
    }

    @Test
    void hasNoShareOfNoCandidates() {
        TruthComparison truth = conservation.truth();
        assertThat(truth.recall()).isEmpty();
        assertThat(truth.brightRecall()).isEmpty();
        assertThat(truth.falsePositiveRate()).isEmpty();
        assertThat(conservation.counts().alertsPerSecond()).isZero();
    }

    @Test
    void blocksTheSenderUntilAnOutcomeArrives() throws InterruptedException {
        conservation.send(0, template(AlertTemplate.Kind.BOGUS, Double.NaN), 1);
        Thread outcome = new Thread(() -> conservation.classified(0, Verdict.BOGUS, 1));
        outcome.start();
        conservation.send(1, template(AlertTemplate.Kind.BOGUS, Double.NaN), 1);
        assertThat(conservation.counts().count(Verdict.BOGUS)).isOne();
        outcome.join();
    }

    @Test
    void closingReleasesABlockedSender() throws InterruptedException {
        conservation.send(0, template(AlertTemplate.Kind.BOGUS, Double.NaN), 1);
        Thread closer = new Thread(conservation::close);
        closer.start();
        assertThat(conservation.send(1, template(AlertTemplate.Kind.BOGUS, Double.NaN), 1))
                .isFalse();
        assertThat(conservation.counts().alertsIn()).isOne();
        closer.join();
    }

    @Test
    void parsesTheNumberOfAnId() {
        assertThat(DemoAlertId.of(DemoAlertId.id(12_345).getBytes(UTF_8))).isEqualTo(12_345);
        assertThat(DemoAlertId.of("demo-x".getBytes(UTF_8))).isEqualTo(-1);
        assertThat(DemoAlertId.of("else".getBytes(UTF_8))).isEqualTo(-1);
    }
}
