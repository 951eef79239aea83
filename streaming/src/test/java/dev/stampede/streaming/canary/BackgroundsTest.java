package dev.stampede.streaming.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BackgroundsTest {
    private final List<String> told = new ArrayList<>();
    private long nanos = -5; // as System.nanoTime, which may be below zero

    private Backgrounds backgrounds(OptionalLong wanted, double perSecond) {
        return new Backgrounds("alerts", wanted, perSecond, () -> nanos, told::add);
    }

    private void pass(double seconds) {
        nanos += (long) (seconds * Duration.ofSeconds(1).toNanos());
    }

    @Test
    void takesAsManyASecondAsItMayAndNoMoreThanItWants() {
        Backgrounds backgrounds = backgrounds(OptionalLong.of(2), 2);
        assertThat(backgrounds.isDue()).isTrue();
        backgrounds.lookedAt(true);
        assertThat(backgrounds.isDue()).isFalse();
        pass(0.5);
        assertThat(backgrounds.isDue()).isTrue();
        assertThat(backgrounds.isEnough()).isFalse();
        backgrounds.lookedAt(true);
        assertThat(backgrounds.isEnough()).isTrue();
    }

    @Test
    void tellsEveryTenSecondsWhatItWaitsFor() {
        Backgrounds backgrounds = backgrounds(OptionalLong.of(200), 1000);
        backgrounds.lookedAt(true);
        backgrounds.lookedAt(false);
        pass(9);
        backgrounds.demandPatience();
        assertThat(told).isEmpty();
        pass(2);
        backgrounds.demandPatience();
        backgrounds.demandPatience();
        assertThat(told)
                .containsExactly("Waiting for a BOGUS alert: 1 of 200 backgrounds found on alerts, and 1 other alerts"
                        + " since the last");
    }

    @Test
    void endsAfterAMinuteWithoutAnyWhereSoManyWereWanted() {
        Backgrounds backgrounds = backgrounds(OptionalLong.of(200), 1000);
        pass(59);
        backgrounds.lookedAt(true);
        pass(59);
        assertThatCode(backgrounds::demandPatience).doesNotThrowAnyException();
        pass(2);
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(backgrounds::demandPatience)
                .withMessageContainingAll("for 60 s", "1 of 200", "alerts", "--from-beginning")
                .returns(1, CommandFailure::exitCode);
    }

    @Test
    void waitsForEverWhereNoNumberWasWanted() {
        Backgrounds backgrounds = backgrounds(OptionalLong.empty(), 1);
        pass(3600);
        assertThatCode(backgrounds::demandPatience).doesNotThrowAnyException();
        assertThat(told).hasSize(1);
    }

    @Test
    void aSlowRateIsNoWait() {
        Backgrounds backgrounds = backgrounds(OptionalLong.of(3), 0.01);
        backgrounds.lookedAt(true);
        pass(100);
        assertThatCode(backgrounds::demandPatience).doesNotThrowAnyException();
        assertThat(told).isEmpty();
    }
}
