package dev.stampede.streaming.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BackgroundSamplerTest {
    private final List<String> output = new ArrayList<>();
    private long nanos = -5; // as System.nanoTime, which may be below zero

    private BackgroundSampler backgrounds(OptionalLong wanted, double perSecond) {
        return new BackgroundSampler("alerts", wanted, perSecond, false, () -> nanos, output::add);
    }

    private void pass(double seconds) {
        nanos += (long) (seconds * Duration.ofSeconds(1).toNanos());
    }

    @Test
    void takesAsManyASecondAsItMayAndNoMoreThanItWants() {
        BackgroundSampler backgrounds = backgrounds(OptionalLong.of(2), 2);
        assertThat(backgrounds.isDue()).isTrue();
        backgrounds.sampled(true);
        assertThat(backgrounds.isDue()).isFalse();
        pass(0.5);
        assertThat(backgrounds.isDue()).isTrue();
        assertThat(backgrounds.isEnough()).isFalse();
        backgrounds.sampled(true);
        assertThat(backgrounds.isEnough()).isTrue();
    }

    @Test
    void waitsForTheRateIfAllAlertsAreConsidered() {
        BackgroundSampler backlog =
                new BackgroundSampler("alerts", OptionalLong.of(5), 2, true, () -> nanos, output::add);
        assertThat(backlog.millisToWait()).isZero();
        backlog.sampled(false);
        assertThat(backlog.millisToWait()).isZero(); // only backgrounds are paced
        backlog.sampled(true);
        assertThat(backlog.millisToWait()).isBetween(500L, 502L);
        pass(0.502);
        assertThat(backlog.millisToWait()).isZero();
        assertThat(backlog.isDue()).isTrue();
        pass(61);
        assertThatExceptionOfType(BackgroundTimeoutException.class)
                .isThrownBy(backlog::checkTimeout)
                .withMessageContaining("1 of 5 backgrounds found on alerts (up to 2 per second)")
                .withMessageEndingWith("send alerts, or lower --count.");
    }

    @Test
    void skipsWhatArrivesBeforeTheRateAllowsItIfNotAllAlertsAreConsidered() {
        BackgroundSampler newest = backgrounds(OptionalLong.of(5), 2);
        newest.sampled(true);
        assertThat(newest.millisToWait()).isZero();
        assertThat(newest.isDue()).isFalse();
    }

    @Test
    void tellsEveryTenSecondsWhatItWaitsFor() {
        BackgroundSampler backgrounds = backgrounds(OptionalLong.of(200), 1000);
        backgrounds.sampled(true);
        backgrounds.sampled(false);
        pass(9);
        backgrounds.checkTimeout();
        assertThat(output).isEmpty();
        pass(2);
        backgrounds.checkTimeout();
        backgrounds.checkTimeout();
        assertThat(output)
                .containsExactly(
                        "Waiting for a BOGUS alert: 1 of 200 backgrounds found on alerts (up to 1000 per second), and 1 other alerts"
                                + " since the last");
    }

    @Test
    void endsAfterAMinuteWithoutAnyWhereSoManyWereWanted() {
        BackgroundSampler backgrounds = backgrounds(OptionalLong.of(200), 1000);
        pass(59);
        backgrounds.sampled(true);
        pass(59);
        assertThatCode(backgrounds::checkTimeout).doesNotThrowAnyException();
        pass(2);
        assertThatExceptionOfType(BackgroundTimeoutException.class)
                .isThrownBy(backgrounds::checkTimeout)
                .withMessageContainingAll("for 60 s", "1 of 200", "alerts", "--from-beginning");
    }

    @Test
    void waitsForEverWhereNoNumberWasWanted() {
        BackgroundSampler backgrounds = backgrounds(OptionalLong.empty(), 1);
        pass(3600);
        assertThatCode(backgrounds::checkTimeout).doesNotThrowAnyException();
        assertThat(output).hasSize(1);
    }

    @Test
    void aSlowRateIsNoWait() {
        BackgroundSampler backgrounds = backgrounds(OptionalLong.of(3), 0.01);
        backgrounds.sampled(true);
        pass(100);
        assertThatCode(backgrounds::checkTimeout).doesNotThrowAnyException();
        assertThat(output).isEmpty();
    }
}
