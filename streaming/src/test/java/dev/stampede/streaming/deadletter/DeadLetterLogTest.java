package dev.stampede.streaming.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLetterLogTest {
    private static final DeadLetter NULL = new DeadLetter(ErrorClass.NULL_VALUE, "nothing");
    private static final DeadLetter CORRUPT = new DeadLetter(ErrorClass.CORRUPT_AVRO, "broken");

    private final Logger logger = (Logger) LoggerFactory.getLogger(DeadLetterLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final DeadLetterLog log = new DeadLetterLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private List<Object> values(String key) {
        return lines.list.stream()
                .flatMap(line -> line.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals(key))
                .map(pair -> pair.value)
                .toList();
    }

    @Test
    void logsAStormInAFewLinesThatCountAll() {
        for (int i = 0; i < 100_000; i++) {
            log.add(
                    i % 2 == 0 ? NULL : CORRUPT,
                    "alerts-0@" + i,
                    1000 + i * DeadLetterLog.MIN_INTERVAL_MILLIS / 50_000);
        }
        log.add(NULL, "alerts-0@100000", 1000 + 2 * DeadLetterLog.MIN_INTERVAL_MILLIS);
        assertThat(values("counts"))
                .containsExactly(
                        Map.of(ErrorClass.NULL_VALUE, 1L),
                        Map.of(ErrorClass.NULL_VALUE, 25_000L, ErrorClass.CORRUPT_AVRO, 25_000L),
                        Map.of(ErrorClass.NULL_VALUE, 25_000L, ErrorClass.CORRUPT_AVRO, 25_000L));
        assertThat(values("example")).containsExactly("alerts-0@0", "alerts-0@50000", "alerts-0@100000");
    }
}
