package dev.stampede.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for a condition. */
public final class Polling {
    /** Longer than anything that a test waits for takes on a busy machine. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Polling() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws InterruptedException;
    }

    public static void await(Condition condition) {
        await(condition, () -> "the condition in time");
    }

    /**
     * Waits for a condition.
     *
     * @param state describes a failure
     */
    public static void await(Condition condition, Supplier<String> state) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            while (!condition.holds()) {
                assertThat(System.nanoTime()).as(state).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
