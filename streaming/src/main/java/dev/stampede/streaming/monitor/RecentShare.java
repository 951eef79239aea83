package dev.stampede.streaming.monitor;

import java.util.ArrayDeque;
import java.util.Deque;

/** The share of successes among the last {@value #WINDOW} attempts. Not thread-safe. */
public final class RecentShare {
    /** The standard error of a share of 0.5 is then 0.02. */
    public static final int WINDOW = 500;

    private final Deque<Boolean> attempts = new ArrayDeque<>();
    private int successes;

    /** Adds an attempt. */
    public void add(boolean isSuccess) {
        if (attempts.size() == WINDOW) {
            successes -= attempts.removeFirst() ? 1 : 0;
        }
        attempts.addLast(isSuccess);
        successes += isSuccess ? 1 : 0;
    }

    /** The number of attempts in the window. */
    public int size() {
        return attempts.size();
    }

    /** From 0 to 1; NaN before the first attempt. */
    public double share() {
        return (double) successes / attempts.size();
    }
}
