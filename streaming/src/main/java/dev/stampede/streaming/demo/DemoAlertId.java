package dev.stampede.streaming.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The id of an alert of the demo, which is the key of its record: its number with leading zeros, so that ids sort. */
final class DemoAlertId {
    private static final String PREFIX = "demo-";

    /** The number of a record with an unknown key; no alert is sent with it, so the outcome counts as repeated. */
    private static final long UNKNOWN = -1;

    private DemoAlertId() {}

    static String id(long number) {
        return String.format(Locale.ROOT, "%s%010d", PREFIX, number);
    }

    static long of(byte @Nullable [] key) {
        if (key == null) {
            return UNKNOWN;
        }
        String id = new String(key, UTF_8);
        try {
            return id.startsWith(PREFIX) ? Long.parseLong(id.substring(PREFIX.length())) : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
