package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LagTrendTest {
    private final LagTrend trend = new LagTrend();

    private HealthCheck after(int seconds, double lag) {
        return trend.observe(seconds * 1000L, OptionalDouble.of(lag));
    }

    @Test
    void holdsWhereNothingIsKnownYet() {
        assertThat(trend.observe(0, OptionalDouble.empty()).holds()).isTrue();
    }

    @Test
    void failsOnlyAfterAMinuteOfGrowth() {
        for (int second = 0; second < 60; second += 10) {
            assertThat(after(second, 20_000 + 1000 * second).holds()).isTrue();
        }
        assertThat(after(60, 80_000))
                .returns(false, HealthCheck::holds)
                .satisfies(check -> assertThat(check.description()).startsWith("80,000 alerts waiting, increasing"));
    }

    @Test
    void holdsAgainOnceItShrinks() {
        for (int second = 0; second <= 60; second += 10) {
            after(second, 20_000 + 1000 * second);
        }
        assertThat(after(70, 60_000).holds()).isTrue();
    }

    @Test
    void holdsWhereFewWaitHoweverTheyGrow() {
        for (int second = 0; second <= 120; second += 10) {
            assertThat(after(second, second).holds()).isTrue();
        }
    }

    @Test
    void holdsWhereALargeLagStaysAsItIs() {
        for (int second = 0; second <= 120; second += 10) {
            assertThat(after(second, 50_000).holds()).isTrue();
        }
    }
}
