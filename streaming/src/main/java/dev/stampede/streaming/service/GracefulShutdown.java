package dev.stampede.streaming.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGTERM and Ctrl-C: requests a running command to stop, which then ends with its own exit code. If it does not
 * end within a timeout, the process ends with exit code 1.
 *
 * <p>The signal is handled, instead of a shutdown hook, because in a JVM that is shutting down libraries can no longer be
 * initialised, and the exit code can no longer be chosen.
 */
public final class GracefulShutdown implements AutoCloseable {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration timeout;
    private @Nullable Signals signals;

    private GracefulShutdown(Duration timeout) {
        this.timeout = timeout;
    }

    /** A shutdown of the running command, to be closed when the command has ended. */
    public static GracefulShutdown within(Duration timeout) {
        GracefulShutdown shutdown = new GracefulShutdown(timeout);
        shutdown.signals = Signals.handle(shutdown::begin, "INT", "TERM");
        return shutdown;
    }

    /** A shutdown that only {@link #request} starts, for a command that runs within another program. */
    public static GracefulShutdown onRequest() {
        return new GracefulShutdown(Duration.ZERO);
    }

    private void begin() {
        if (!isRequested()) {
            request();
            Thread watchdog = new Thread(this::enforceTimeout, "shutdown");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }

    private void enforceTimeout() {
        try {
            if (!done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("The shutdown did not complete within " + timeout.toSeconds()
                        + " s; uncommitted alerts are processed again.");
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        if (signals != null) {
            signals.close();
        }
    }
}
