package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.stampede.streaming.CapturedLog;
import java.time.Instant;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadReplacementsTest {
    private static final Instant START = Instant.parse("2026-11-30T04:00:00Z");
    private final Exception deleted = new StreamsException(
            new IllegalStateException("You can only check the position for partitions assigned to this consumer."));

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(ThreadReplacements.class);

    private final ThreadReplacements replacements = new ThreadReplacements(2);

    @Test
    void endWhenThreadsFailAgainAndAgainWithinAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(replacements.allow(deleted, START.plusSeconds(5L * i))).isTrue();
        }
        assertThat(replacements.allow(deleted, START.plusSeconds(50))).isFalse();
        assertThat(replacements.allow(deleted, START.plusSeconds(61)))
                .as("the first is more than a minute ago")
                .isTrue();
        assertThat(log.lines()).hasSize(11).allSatisfy(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy().getCause().getMessage()).contains("partitions assigned");
        });
    }

    @Test
    void areOnlyForDeletedTopics() {
        assertThat(replacements.allow(new StreamsException(new IllegalStateException("closed")), START))
                .isFalse();
        assertThat(replacements.allow(new StreamsException("position for partitions assigned"), START))
                .isFalse();
    }
}
