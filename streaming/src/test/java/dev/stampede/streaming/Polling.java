package dev.stampede.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition. */
public final class Polling {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Polling() {}

    public static void await(BooleanSupplier condition) {
        await(condition, () -> "the condition in time");
    }

    /**
     * Waits for a condition.
     *
     * @param state describes a failure
     */
    public static void await(BooleanSupplier condition, Supplier<String> state) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(state).isLessThan(deadline);
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
