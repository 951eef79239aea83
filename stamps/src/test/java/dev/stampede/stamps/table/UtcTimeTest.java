package dev.stampede.stamps.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UtcTimeTest {
    @Test
    void alwaysHasMilliseconds() {
        assertThat(UtcTime.format(Instant.parse("2026-11-24T22:00:00Z"))).isEqualTo("2026-11-24T22:00:00.000Z");
        assertThat(UtcTime.format(Instant.parse("2026-11-24T22:00:00.120Z"))).isEqualTo("2026-11-24T22:00:00.120Z");
    }
}
