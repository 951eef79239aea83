package dev.stampede.streaming.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles SIGTERM and Ctrl-C: requests a running command to stop, and ends the process with exit code 0 if it does within
 * a timeout, else with 1.
 */
public final class GracefulShutdown implements AutoCloseable {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration timeout;

    private GracefulShutdown(Duration timeout) {
        this.timeout = timeout;
    }

    /** A shutdown of the running command, to be closed when the command has ended. */
    public static GracefulShutdown within(Duration timeout) {
        GracefulShutdown shutdown = new GracefulShutdown(timeout);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::end, "shutdown"));
        return shutdown;
    }

    /** A shutdown that only {@link #request} starts, for a command that runs within another program. */
    public static GracefulShutdown onRequest() {
        return new GracefulShutdown(Duration.ZERO);
    }

    private void end() {
        if (done.getCount() == 0) {
            return; // the command has ended by itself, with its exit code
        }
        request();
        boolean inTime = false;
        try {
            inTime = done.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            System.err.println("The shutdown did not complete within " + timeout.toSeconds()
                    + " s; uncommitted alerts are processed again.");
        }
        // Otherwise the JVM would exit with the number of the signal, as if it had been killed.
        Runtime.getRuntime().halt(inTime ? 0 : 1);
    }

    /** Requests the command to stop. */
    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a request, up to {@code millis}, and returns whether there is one. */
    public boolean await(long millis) throws InterruptedException {
        return requested.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for a request. */
    public void await() throws InterruptedException {
        requested.await();
    }

    @Override
    public void close() {
        done.countDown();
    }
}
