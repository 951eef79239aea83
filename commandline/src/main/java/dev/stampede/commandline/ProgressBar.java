package dev.stampede.commandline;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows the progress of work with a known number of steps on a {@link LiveLine}. Not thread-safe. */
public final class ProgressBar implements AutoCloseable {
    private static final int BAR_WIDTH = 24;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final LiveLine line;
    private final boolean terminal;
    private final String task;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long done;
    private String note = "";

    /** The progress of {@code total} steps of {@code task}, on standard error. */
    public static ProgressBar of(String task, long total) {
        return new ProgressBar(System.err, LiveLine.isTerminal(), task, total);
    }

    ProgressBar(PrintStream out, boolean terminal, String task, long total) {
        this.line = new LiveLine(out, terminal, REDRAW);
        this.terminal = terminal;
        this.task = task;
        this.total = total;
    }

    /** Adds {@code steps} completed steps and sets a note such as the loss. */
    public void advance(long steps, String newNote) {
        done += steps;
        note = newNote;
        if (line.isDue()) {
            line.show(text());
        }
    }

    /** Adds {@code steps} completed steps. */
    public void advance(long steps) {
        advance(steps, note);
    }

    private String text() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double perSecond = done / seconds;
        String left = done == 0 ? "?" : String.valueOf(Math.round((total - done) / perSecond));
        String status = String.format(Locale.ROOT, "%d/%d  %.0f/s  %s s left  %s", done, total, perSecond, left, note);
        if (!terminal) {
            return task + " " + status.strip();
        }
        int filled = (int) (BAR_WIDTH * done / Math.max(total, 1));
        return task + " [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + status;
    }

    /** Shows the final state and ends the line. */
    @Override
    public void close() {
        line.show(text());
        line.close();
    }
}
