package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.TimeScale;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MjdTimeTest {
    /** MJD 60000.0 is 2023-02-25T00:00 (the Astronomical Almanac's day count). */
    private static final long NOW = Instant.parse("2023-02-25T00:01:00Z").toEpochMilli();

    /** A double holds an MJD to 7e-12 days, 0.6 us. */
    private static final double TOLERANCE_SECONDS = 1e-5;

    @Test
    void countsFromAnObservationInUtc() {
        assertThat(MjdTime.secondsSince(60_000, TimeScale.UTC, NOW)).isCloseTo(60, within(TOLERANCE_SECONDS));
    }

    @Test
    void knowsThatAtomicTimeIsAhead() {
        assertThat(MjdTime.secondsSince(60_000, TimeScale.TAI, NOW)).isCloseTo(97, within(TOLERANCE_SECONDS));
    }
}
