package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTrendTest {
    private final LagTrend trend = new LagTrend();

    private HealthCheck after(int seconds, double lag) {
        return trend.observe(seconds * 1000L, new LagReading(lag, seconds * 1000L));
    }

    @Test
    void holdsWhereNothingIsKnownYet() {
        assertThat(trend.observe(0, new LagReading(Double.NaN, 0)).holds()).isTrue();
    }

    @Test
    void saysThatALagIsNoLongerMeasuredAndFailsAfterAMinute() {
        LagReading old = new LagReading(2000, 0);
        assertThat(trend.observe(14_999, old).description()).isEqualTo("2,000 alerts waiting");
        assertThat(trend.observe(15_000, old))
                .isEqualTo(new HealthCheck(
                        "lag", true, "not measured since 1970-01-01T00:00:00Z, when it was: 2,000 alerts waiting"));
        assertThat(trend.observe(60_000, old).holds()).isFalse();
        assertThat(trend.observe(61_000, new LagReading(2000, 61_000)).holds()).isTrue();
    }

    @Test
    void fetchesProveThatTheLagIsMeasured() {
        FetchProgress progress = new FetchProgress();
        assertThat(progress.observe(7, 1000)).isEqualTo(1000);
        assertThat(progress.observe(7, 9000)).isEqualTo(1000);
        assertThat(progress.observe(8, 12_000)).isEqualTo(12_000);
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
