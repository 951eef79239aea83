package dev.stampede.streaming.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExplanationBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = -5 * SECOND; // nanoTime may be below 0

    /** How many of 1000 tries a second, evenly spread over {@code seconds}, are admitted. */
    private static int admitted(ExplanationBudget budget, long fromNanos, int seconds) {
        int admitted = 0;
        for (int i = 0; i < 1000 * seconds; i++) {
            if (budget.admits(fromNanos + i * SECOND / 1000)) {
                admitted++;
            }
        }
        return admitted;
    }

    @Test
    void admitsASecondsWorthAtOnceAndThenTheRate() {
        ExplanationBudget budget = new ExplanationBudget(50, 1, START);
        assertThat(admitted(budget, START, 4)).isBetween(50 + 4 * 50 - 1, 50 + 4 * 50 + 1);
    }

    @Test
    void savesNoMoreThanASecond() {
        ExplanationBudget budget = new ExplanationBudget(50, 1, START);
        assertThat(admitted(budget, START + 3600 * SECOND, 2)).isBetween(149, 151);
    }

    @Test
    void admitsWhatCanBeMadeInTheTimeThatIsAllowed() {
        ExplanationBudget budget = new ExplanationBudget(1000, 0.5, START);
        budget.elapsed(10, 10 * SECOND / 20); // 50 ms each: 10 a second in half a core
        assertThat(budget.ratePerSecond()).isEqualTo(10);
        assertThat(admitted(budget, START, 10)).isBetween(109, 111);
    }

    @Test
    void forgetsASlowMoment() {
        ExplanationBudget budget = new ExplanationBudget(1000, 1, START);
        budget.elapsed(1, SECOND);
        for (int batch = 0; batch < 50; batch++) {
            budget.elapsed(16, 16 * SECOND / 500);
        }
        assertThat(budget.ratePerSecond()).isBetween(490.0, 500.0);
    }

    @Test
    void admitsOneNowAndThenHoweverLongOneTakes() {
        ExplanationBudget budget = new ExplanationBudget(200, 0.5, START);
        budget.elapsed(1, 5 * SECOND); // one in ten seconds
        assertThat(admitted(budget, START, 1)).isOne();
        assertThat(admitted(budget, START + SECOND, 30)).isEqualTo(3);
    }
}
