package dev.stampede.streaming.scoring;

/** How many records of one poll are not yet processed. For one stream thread. */
final class Poll {
    /** A poll of at most so many records leaves the thread time to wait for the broker: under load polls are larger. */
    private static final int SMALL = 64;

    private final boolean isSmall;
    private int remaining;

    Poll(int records) {
        isSmall = records <= SMALL;
        remaining = records;
    }

    /** Counts a processed record; whether it was the last one of a small poll. */
    boolean endsWithThis() {
        remaining--;
        return isSmall && remaining == 0;
    }
}
