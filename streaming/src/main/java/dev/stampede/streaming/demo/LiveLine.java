package dev.stampede.streaming.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells how a demo goes: one line that redraws itself on a terminal, a plain line every ten seconds elsewhere. */
final class LiveLine {
    private final PrintStream out;
    private final boolean terminal;
    private final long everyNanos;
    private long shownNanos;
    private boolean started;
    private long shownOutcomes;

    LiveLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.everyNanos = (terminal ? Duration.ofMillis(250) : Duration.ofSeconds(10)).toNanos();
    }

    /** Shows {@code tally} if it is time to. */
    void show(Tally tally) {
        long now = System.nanoTime();
        if (!started) {
            started = true;
            shownNanos = now;
        }
        if (now - shownNanos < everyNanos) {
            return;
        }
        double perSecond = (tally.outcomes() - shownOutcomes) * 1e9 / (now - shownNanos);
        shownNanos = now;
        shownOutcomes = tally.outcomes();
        String line = String.format(
                Locale.ROOT,
                "%,.0f alerts/s  %,d REAL  %,d BOGUS  %,d ABSTAIN  %,d dead letters  p99 %,d ms",
                perSecond,
                tally.real(),
                tally.bogus(),
                tally.abstain(),
                tally.deadLetters(),
                tally.latencyMillisP99());
        if (terminal) {
            out.print("\r\033[K" + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Ends the line. */
    void end() {
        if (terminal) {
            out.println();
        }
    }
}
