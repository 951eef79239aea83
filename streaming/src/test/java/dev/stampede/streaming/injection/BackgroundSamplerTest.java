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
        return new BackgroundSampler("alerts", wanted, perSecond, () -> nanos, output::add);
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
                .containsExactly("Waiting for a BOGUS alert: 1 of 200 backgrounds found on alerts, and 1 other alerts"
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
