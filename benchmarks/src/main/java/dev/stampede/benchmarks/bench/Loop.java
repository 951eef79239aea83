package dev.stampede.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work that repeats: how often a second some threads can do it. */
interface Loop extends AutoCloseable {
    /** Does the work once and answers how many alerts that was. */
    int step();

    @Override
    default void close() {}

    /** One loop a thread, made on that thread. */
    interface Maker {
        Loop make();
    }

    /** The rate of {@code threads} threads together, over {@code seconds}. */
    static Rate measure(int threads, double seconds, Maker maker) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Callable<Long> one = () -> {
                try (Loop loop = maker.make()) {
                    return run(loop, seconds);
                }
            };
            List<Callable<Long>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(one);
            }
            Rate.Moment start = Rate.Moment.now();
            long sum = 0;
            for (Future<Long> done : pool.invokeAll(all)) {
                sum += done.get();
            }
            return Rate.of(sum, start, Rate.Moment.now());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a measured thread failed", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long run(Loop loop, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long done = 0;
        while (System.nanoTime() < end) {
            done += loop.step();
        }
        return done;
    }
}
