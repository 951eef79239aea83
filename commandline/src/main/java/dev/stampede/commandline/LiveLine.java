package dev.stampede.commandline;

import java.io.PrintStream;
import java.time.Duration;

/**
 * A line about running work: redrawn in place on a terminal, a new line every ten seconds elsewhere. Not thread-safe.
 */
public final class LiveLine implements AutoCloseable {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private final long intervalNanos;
    private long shownNanos = System.nanoTime();

    /**
     * @param terminal whether {@code out} is a terminal
     * @param redraw the minimum time between two updates on a terminal
     */
    public LiveLine(PrintStream out, boolean terminal, Duration redraw) {
        this.out = out;
        this.terminal = terminal;
        this.intervalNanos = (terminal ? redraw : PLAIN_INTERVAL).toNanos();
    }

    /** Whether standard error is a terminal that can redraw a line, as the launcher has found out. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("stampede.terminal");
    }

    /** Whether enough time has passed since the last update. */
    public boolean isDue() {
        return System.nanoTime() - shownNanos >= intervalNanos;
    }

    /** The time since the last update or, before the first, since the start. */
    public double secondsSinceShown() {
        return (System.nanoTime() - shownNanos) / 1e9;
    }

    /** Shows {@code text} in place of the previous one, or as a new line. */
    public void show(String text) {
        shownNanos = System.nanoTime();
        if (terminal) {
            out.print("\r\033[K" + SafeText.line(text));
            out.flush();
        } else {
            out.println(SafeText.line(text));
        }
    }

    /** Ends the line. */
    @Override
    public void close() {
        if (terminal) {
            out.println();
        }
    }
}
