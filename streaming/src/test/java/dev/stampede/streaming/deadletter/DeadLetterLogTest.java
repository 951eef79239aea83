package dev.stampede.streaming.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.CapturedLog;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLetterLogTest {
    private static final DeadLetter NULL = new DeadLetter(ErrorClass.NULL_VALUE, "nothing");
    private static final DeadLetter CORRUPT = new DeadLetter(ErrorClass.CORRUPT_AVRO, "broken");

    @RegisterExtension
    private final CapturedLog captured = new CapturedLog(DeadLetterLog.class);

    private final List<Runnable> afterInterval = new ArrayList<>();
    private final DeadLetterLog log = new DeadLetterLog(afterInterval::add);

    private List<Object> values(String key) {
        return captured.lines().stream()
                .flatMap(line -> line.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals(key))
                .map(pair -> pair.value)
                .toList();
    }

    private void endInterval() {
        List<Runnable> due = List.copyOf(afterInterval);
        afterInterval.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void logsAStormInAFewLinesThatCountAll() {
        for (int i = 0; i < 100_000; i++) {
            if (i == 50_000) {
                endInterval();
            }
            log.add(i % 2 == 0 ? NULL : CORRUPT, "alerts-0@" + i);
        }
        endInterval();
        assertThat(values("counts"))
                .containsExactly(
                        Map.of(ErrorClass.NULL_VALUE, 1L),
                        Map.of(ErrorClass.NULL_VALUE, 24_999L, ErrorClass.CORRUPT_AVRO, 25_000L),
                        Map.of(ErrorClass.NULL_VALUE, 25_000L, ErrorClass.CORRUPT_AVRO, 25_000L));
        assertThat(values("example")).containsExactly("alerts-0@0", "alerts-0@1", "alerts-0@50000");
    }

    @Test
    void logsTheRestAfterTheIntervalWithoutAnotherDeadLetter() {
        log.add(NULL, "alerts-0@0");
        log.add(NULL, "alerts-0@1");
        assertThat(values("counts")).hasSize(1);
        endInterval();
        assertThat(values("counts")).hasSize(2);
        endInterval();
        assertThat(afterInterval).as("nothing is left to log").isEmpty();
        log.add(CORRUPT, "alerts-0@2");
        assertThat(values("example")).last().isEqualTo("alerts-0@2");
    }

    @Test
    void logsTheRestAtTheEnd() {
        log.add(NULL, "alerts-0@0");
        log.add(CORRUPT, "alerts-0@1");
        log.flush();
        log.flush();
        assertThat(values("counts")).hasSize(2).last().isEqualTo(Map.of(ErrorClass.CORRUPT_AVRO, 1L));
    }
}
