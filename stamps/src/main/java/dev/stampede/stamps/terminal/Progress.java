package dev.stampede.stamps.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far long work is: one line that redraws itself on a terminal, a plain line every ten seconds elsewhere. Not
 * thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final int BAR_WIDTH = 24;
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final Duration PLAIN_LINE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long done;
    private long lastShownNanos = startNanos;
    private String note = "";

    /** The progress of {@code total} steps of {@code what}, on standard error. */
    public static Progress of(String what, long total) {
        return new Progress(System.err, isTerminal(), what, total);
    }

    /** Whether someone looks: the launcher sees if standard error is a terminal, which Java cannot tell everywhere. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("stampede.terminal");
    }

    Progress(PrintStream out, boolean terminal, String what, long total) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
        this.total = total;
    }

    /** Says that {@code steps} more are done, with a note such as the loss. */
    public void advance(long steps, String newNote) {
        done += steps;
        note = newNote;
        long now = System.nanoTime();
        if (now - lastShownNanos >= (terminal ? REDRAW : PLAIN_LINE).toNanos()) {
            lastShownNanos = now;
            show();
        }
    }

    /** Says that {@code steps} more are done. */
    public void advance(long steps) {
        advance(steps, note);
    }

    private void show() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double perSecond = done / seconds;
        String left = done == 0 ? "?" : String.valueOf(Math.round((total - done) / perSecond));
        String figures = String.format(Locale.ROOT, "%d/%d  %.0f/s  %s s left  %s", done, total, perSecond, left, note);
        if (terminal) {
            int filled = (int) (BAR_WIDTH * done / Math.max(total, 1));
            out.print("\r\033[K" + what + " [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + figures);
            out.flush();
        } else {
            out.println(what + " " + figures.strip());
        }
    }

    /** Ends the line. */
    @Override
    public void close() {
        show();
        if (terminal) {
            out.println();
        }
    }
}
