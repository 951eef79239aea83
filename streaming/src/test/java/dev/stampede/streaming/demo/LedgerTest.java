package dev.stampede.streaming.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Verdict;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int NO_BOUND = Integer.MAX_VALUE;
    private final Ledger ledger = new Ledger();

    private static Specimen specimen(Specimen.Kind kind, double signalToNoise) {
        return new Specimen(kind, signalToNoise, id -> new byte[0]);
    }

    private void send(long number, Specimen.Kind kind) throws InterruptedException {
        ledger.send(number, specimen(kind, kind == Specimen.Kind.REAL ? 10 : Double.NaN), NO_BOUND);
    }

    @Test
    void balancesWhereEveryAlertHasOneOutcome() throws InterruptedException {
        send(0, Specimen.Kind.REAL);
        send(1, Specimen.Kind.BOGUS);
        send(2, Specimen.Kind.UNUSABLE);
        send(3, Specimen.Kind.GARBAGE);
        ledger.classified(1, Verdict.BOGUS, 20);
        ledger.classified(0, Verdict.REAL, 10);
        ledger.classified(2, Verdict.ABSTAIN, 30);
        ledger.buried(3);
        Tally tally = ledger.tally();
        assertThat(tally.isConserved()).isTrue();
        assertThat(tally.alertsIn()).isEqualTo(4);
        assertThat(tally.outcomes()).isEqualTo(4);
        assertThat(tally.real()).isOne();
        assertThat(tally.bogus()).isOne();
        assertThat(tally.abstain()).isOne();
        assertThat(tally.deadLetters()).isOne();
        assertThat(tally.latencyMillisP50()).isEqualTo(20);
        assertThat(tally.latencyMillisP99()).isEqualTo(30);
        assertThat(tally.alertsPerSecond()).isPositive();
    }

    @Test
    void findsAMissingAlert() throws InterruptedException {
        send(0, Specimen.Kind.REAL);
        assertThat(ledger.tally().missing()).isOne();
        assertThat(ledger.tally().isConserved()).isFalse();
    }

    @Test
    void findsARepeatedOutcomeAndOneOfNoAlert() throws InterruptedException {
        send(0, Specimen.Kind.REAL);
        ledger.classified(0, Verdict.REAL, 1);
        ledger.classified(0, Verdict.REAL, 1);
        ledger.buried(AlertNumber.of(null));
        assertThat(ledger.tally().repeated()).isEqualTo(2);
        assertThat(ledger.tally().real()).isOne();
        assertThat(ledger.tally().isConserved()).isFalse();
    }

    @Test
    void findsAnOutcomeOnTheWrongTopic() throws InterruptedException {
        send(0, Specimen.Kind.REAL);
        send(1, Specimen.Kind.GARBAGE);
        ledger.buried(0);
        ledger.classified(1, Verdict.BOGUS, 1);
        assertThat(ledger.tally().misrouted()).isEqualTo(2);
        assertThat(ledger.tally().isConserved()).isFalse();
    }

    @Test
    void measuresVerdictsAgainstTheTruth() throws InterruptedException {
        ledger.send(0, specimen(Specimen.Kind.REAL, 20), NO_BOUND);
        ledger.send(1, specimen(Specimen.Kind.REAL, 8), NO_BOUND);
        ledger.send(2, specimen(Specimen.Kind.REAL, 4), NO_BOUND);
        ledger.send(3, specimen(Specimen.Kind.REAL, 5), NO_BOUND);
        for (int bogus = 4; bogus < 9; bogus++) {
            send(bogus, Specimen.Kind.BOGUS);
        }
        ledger.classified(0, Verdict.REAL, 1);
        ledger.classified(1, Verdict.ABSTAIN, 1);
        ledger.classified(2, Verdict.REAL, 1);
        ledger.classified(3, Verdict.REAL, 1);
        ledger.classified(4, Verdict.REAL, 1);
        for (int bogus = 5; bogus < 9; bogus++) {
            ledger.classified(bogus, Verdict.BOGUS, 1);
        }
        Score score = ledger.tally().score();
        assertThat(score.brightRecall()).hasValue(0.5);
        assertThat(score.recall()).hasValue(0.75);
        assertThat(score.falsePositiveRate()).hasValue(0.2);
    }

    @Test
    void knowsNoShareOfNothing() {
        Score score = ledger.tally().score();
        assertThat(score.recall()).isEmpty();
        assertThat(score.brightRecall()).isEmpty();
        assertThat(score.falsePositiveRate()).isEmpty();
        assertThat(ledger.tally().alertsPerSecond()).isZero();
    }

    @Test
    void holdsTheSenderBackUntilAnOutcomeComes() throws InterruptedException {
        ledger.send(0, specimen(Specimen.Kind.BOGUS, Double.NaN), 1);
        Thread outcome = new Thread(() -> ledger.classified(0, Verdict.BOGUS, 1));
        outcome.start();
        ledger.send(1, specimen(Specimen.Kind.BOGUS, Double.NaN), 1);
        assertThat(ledger.tally().bogus()).isOne();
        outcome.join();
    }

    @Test
    void numbersComeBackFromTheirIds() {
        assertThat(AlertNumber.of(AlertNumber.id(12_345).getBytes(UTF_8))).isEqualTo(12_345);
        assertThat(AlertNumber.of("demo-x".getBytes(UTF_8))).isEqualTo(-1);
        assertThat(AlertNumber.of("else".getBytes(UTF_8))).isEqualTo(-1);
    }
}
