package dev.stampede.benchmarks.rate;

import dev.stampede.stamps.error.FailureReason;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Work that is repeated to measure its rate. */
public interface Loop extends AutoCloseable {
    /** Does the work once and returns the number of alerts. */
    int step();

    @Override
    void close();

    /** A loop around work on something that is closed elsewhere. */
    static Loop of(IntSupplier step) {
        return new Loop() {
            @Override
            public int step() {
                return step.getAsInt();
            }

            @Override
            public void close() {}
        };
    }

    /** The rate of {@code threads} threads together over {@code seconds}; each creates its loop. */
    static Rate measure(int threads, double seconds, Supplier<Loop> create) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Long> work = () -> {
                try (Loop loop = create.get()) {
                    long end = System.nanoTime() + (long) (seconds * 1e9);
                    long done = 0;
                    while (System.nanoTime() < end) {
                        done += loop.step();
                    }
                    return done;
                }
            };
            Rate.Moment start = Rate.Moment.now();
            long sum = 0;
            for (Future<Long> done : pool.invokeAll(Collections.nCopies(threads, work))) {
                sum += done.get();
            }
            return Rate.of(sum, start, Rate.Moment.now());
        } catch (ExecutionException e) {
            throw new IllegalStateException("A measured thread failed: " + FailureReason.of(e), e);
        } finally {
            pool.shutdownNow();
        }
    }
}
