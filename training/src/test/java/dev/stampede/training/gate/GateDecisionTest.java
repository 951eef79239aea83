package dev.stampede.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.evaluate.PairedComparison;
import dev.stampede.training.evaluate.PairedComparison.Row;
import dev.stampede.training.evaluate.PairedComparison.Stamps;
import dev.stampede.training.report.GateRow;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated scores: 1,000 bogus stamps around 0, and 200 sources each of S/N 5.5, 9 and 20. */
class GateDecisionTest {
    private static final GateSettings SETTINGS = new GateSettings(0.01, 0.05, 1.5);
    private static final int BOGUS = 1000;
    private static final int IN_A_RANGE = 200;
    private static final double[] SIGNAL_TO_NOISE = {5.5, 9, 20};
    private static final int ALL = BOGUS + 3 * IN_A_RANGE;

    private static boolean none(int example) {
        return false;
    }

    private static double signalToNoise(int example) {
        return example < BOGUS ? Double.NaN : SIGNAL_TO_NOISE[(example - BOGUS) / IN_A_RANGE];
    }

    /** Bogus stamps around 0 and sources around {@code heights}, with a standard deviation of 1. */
    private static Predictions scores(long seed, double... heights) {
        Random random = new Random(seed);
        double[] logOdds = new double[ALL];
        boolean[] real = new boolean[ALL];
        for (int i = 0; i < ALL; i++) {
            real[i] = i >= BOGUS;
            logOdds[i] = random.nextGaussian() + (real[i] ? heights[(i - BOGUS) / IN_A_RANGE] : 0);
        }
        return Predictions.of(logOdds, real);
    }

    private static List<Row> rows(Predictions challenger, Predictions live, IntPredicate isSimulated) {
        Stamps stamps = new Stamps(GateDecisionTest::signalToNoise, i -> "", isSimulated);
        return PairedComparison.of(challenger, live, stamps, 0.01, 1);
    }

    private static GateDecision decide(List<Row> rows) {
        return GateDecision.of(
                SETTINGS,
                new PairedComparison(rows, 0),
                0.01,
                0.02,
                List.of(new LatencyComparison(1, 30, 30), new LatencyComparison(1024, 20, 20)),
                1e-6);
    }

    private static CheckResult result(GateDecision decision, String name) {
        return decision.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .result();
    }

    @Test
    void aClearlyBetterModelPasses() {
        GateDecision decision = decide(rows(scores(1, 3.5, 5, 8), scores(1, 2.5, 4, 8), GateDecisionTest::none));
        assertThat(decision.passes()).isTrue();
        assertThat(result(decision, "all sources")).isEqualTo(CheckResult.BETTER);
        assertThat(result(decision, "S/N 5 to 6")).isEqualTo(CheckResult.BETTER);
        assertThat(result(decision, "S/N 15 to 25")).isEqualTo(CheckResult.NOT_WORSE);
    }

    @Test
    void aModelThatIsBetterOverallButWorseInOneRangeFails() {
        GateDecision decision = decide(rows(scores(1, 5, 5, 3), scores(1, 2.5, 4, 8), GateDecisionTest::none));
        assertThat(result(decision, "all sources")).isEqualTo(CheckResult.BETTER);
        assertThat(decision.passes()).isFalse();
        assertThat(decision.worseIn()).containsExactly("S/N 15 to 25");
    }

    @Test
    void theSameScoresAreNotWorseAndPass() {
        Predictions live = scores(1, 2.5, 4, 8);
        GateDecision decision = decide(rows(live, live, GateDecisionTest::none));
        assertThat(decision.passes()).isTrue();
        assertThat(decision.checks())
                .filteredOn(check -> check.kind() == GateCheck.Kind.MISSED_SOURCES)
                .isNotEmpty()
                .allSatisfy(check -> {
                    assertThat(check.result()).isEqualTo(CheckResult.NOT_WORSE);
                    assertThat(check.difference().orElseThrow().low()).isZero();
                    assertThat(check.difference().orElseThrow().high()).isZero();
                });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theRatesAgreeWithCounting(long seed) {
        Predictions challenger = scores(seed, 2.5, 4, 8);
        Predictions live = scores(seed + 100, 2.5, 4, 8);
        Row all = rows(challenger, live, GateDecisionTest::none).get(0);
        assertThat(all.sources()).isEqualTo(3 * IN_A_RANGE);
        assertThat(all.challenger()).isEqualTo(missed(challenger), within(1e-12));
        assertThat(all.live()).isEqualTo(missed(live), within(1e-12));
        assertThat(all.difference().value()).isEqualTo(missed(challenger) - missed(live), within(1e-12));
        assertThat(all.difference().low()).isLessThan(all.difference().high());
    }

    /** What lies at or below the eleventh of the bogus scores from above is missed: ten of 1,000 pass. */
    private static double missed(Predictions predictions) {
        double eleventh = IntStream.range(0, BOGUS)
                .mapToDouble(predictions::logOdds)
                .sorted()
                .toArray()[BOGUS - 11];
        return IntStream.range(BOGUS, ALL)
                        .filter(i -> predictions.logOdds(i) <= eleventh)
                        .count()
                / (3.0 * IN_A_RANGE);
    }

    @Test
    void labelledSourcesHaveASeparateRow() {
        Predictions live = scores(1, 2.5, 4, 8);
        List<Row> rows = rows(live, live, i -> i >= BOGUS + IN_A_RANGE);
        assertThat(rows.get(1).name()).isEqualTo("labelled sources");
        assertThat(rows.get(1).sources()).isEqualTo(IN_A_RANGE);
        assertThat(rows(live, live, GateDecisionTest::none))
                .extracting(Row::name)
                .doesNotContain("labelled sources");
    }

    @Test
    void ignoresARangeOfFewSources() {
        Row few = new Row(
                "S/N 5 to 6",
                19,
                0.5,
                0.1,
                rows(scores(1, 2, 2, 2), scores(1, 4, 4, 4), GateDecisionTest::none)
                        .get(0)
                        .difference());
        assertThat(few.difference().low()).isPositive();
        assertThat(decide(List.of(few)).passes()).isTrue();
        Row enough = new Row("S/N 5 to 6", 20, 0.5, 0.1, few.difference());
        assertThat(decide(List.of(enough)).passes()).isFalse();
    }

    @Test
    void failsAboveALimit() {
        List<LatencyComparison> quick = List.of(new LatencyComparison(1, 30, 30));
        PairedComparison none = new PairedComparison(List.of(), 0);
        assertThat(GateDecision.of(SETTINGS, none, 0.05, 0.02, quick, 1e-3).passes())
                .isTrue();
        assertThat(GateDecision.of(SETTINGS, none, 0.051, 0.02, quick, 0).worseIn())
                .containsExactly("expected calibration error");
        assertThat(GateDecision.of(SETTINGS, none, 0, 0, List.of(new LatencyComparison(1024, 31, 20)), 0)
                        .worseIn())
                .containsExactly("time per stamp in batches of 1024");
        assertThat(GateDecision.of(SETTINGS, none, 0, 0, quick, 2e-3).worseIn()).containsExactly("golden stamps");
        assertThat(GateDecision.of(SETTINGS, none, Double.NaN, 0, quick, 0).passes())
                .isFalse();
        assertThat(GateDecision.of(SETTINGS, new PairedComparison(List.of(), 1), 0, 0, quick, 0)
                        .worseIn())
                .containsExactly("stamps that only the live model scores");
    }

    @Test
    void comparesNoTimePerStampWithoutALimit() {
        List<LatencyComparison> slow = List.of(new LatencyComparison(1, 60, 30));
        GateDecision decision = GateDecision.of(
                new GateSettings(0.01, 0.05, Double.POSITIVE_INFINITY),
                new PairedComparison(List.of(), 0),
                0,
                0,
                slow,
                0);
        assertThat(decision.passes()).isTrue();
        assertThat(GateRow.of(decision))
                .contains(new GateRow(
                        "time per stamp in batches of 1",
                        "60.0 us",
                        "30.0 us",
                        "ratio 2.00, no limit",
                        "not compared"));
    }

    @Test
    void aRowSaysThatItsPercentagesAreMissedSources() {
        Predictions live = scores(1, 2.5, 4, 8);
        assertThat(GateRow.of(decide(rows(live, live, GateDecisionTest::none))))
                .extracting(GateRow::check)
                .contains("missed: all sources", "missed: S/N 5 to 6", "golden stamps");
    }
}
