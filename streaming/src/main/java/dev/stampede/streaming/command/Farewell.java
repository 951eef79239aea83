package dev.stampede.streaming.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM and Ctrl-C end a command in good order: the command is asked to stop, and the process ends with exit
 * code 0 once it has, or with 1 where it does not in time.
 */
final class Farewell implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration atMost;

    private Farewell(Duration atMost) {
        this.atMost = atMost;
    }

    /** One for the running command, which may take {@code atMost} to stop. Close it when the command has ended. */
    static Farewell within(Duration atMost) {
        Farewell farewell = new Farewell(atMost);
        Runtime.getRuntime().addShutdownHook(new Thread(farewell::end, "farewell"));
        return farewell;
    }

    /** One that only {@link #ask} ends, for a command that runs within another program. */
    static Farewell onDemand() {
        return new Farewell(Duration.ZERO);
    }

    private void end() {
        if (done.getCount() == 0) {
            return; // the command ended by itself: its exit code stands
        }
        ask();
        boolean inTime = false;
        try {
            inTime = done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!inTime) {
            System.err.println(
                    "It did not stop within " + atMost.toSeconds() + " s; what was not committed is done again.");
        }
        // Without this the JVM would end with the number of the signal, as if it had been killed.
        Runtime.getRuntime().halt(inTime ? 0 : 1);
    }

    /** Asks the command to stop. */
    void ask() {
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until asked, {@code millis} at most, and answers whether. */
    boolean await(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until asked. */
    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        done.countDown();
    }
}
