package dev.stampede.stamps.table;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times in tables and JSON: ISO 8601 in UTC, always with milliseconds, so that all have one width. */
public final class UtcTime {
    private static final int MILLISECOND_DIGITS = 3;
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder().appendInstant(MILLISECOND_DIGITS).toFormatter();

    private UtcTime() {}

    /** For example {@code 2026-11-24T22:00:00.000Z}. */
    public static String format(Instant time) {
        return ISO.format(time);
    }
}
