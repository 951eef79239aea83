package dev.stampede.streaming.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.streaming.wire.ErrorClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The result of a replay: counts by error class, with an example each. */
public final class ReplayReport {
    private final Map<ErrorClass, Long> counts = new EnumMap<>(ErrorClass.class);
    private final Map<ErrorClass, String> examples = new EnumMap<>(ErrorClass.class);
    private long sentBefore;
    private long foreign;

    void add(ErrorClass error, ConsumerRecord<byte[], byte[]> record) {
        counts.merge(error, 1L, Long::sum);
        examples.computeIfAbsent(error, absent -> example(record));
    }

    void addSentBefore() {
        sentBefore++;
    }

    /** Counts a record without an error class, which Stampede did not write. */
    void addForeign() {
        foreign++;
    }

    private static String example(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "none" : new String(record.key(), UTF_8);
        String position = header(record, DeadLetterHeaders.ERROR_TOPIC) + "-"
                + header(record, DeadLetterHeaders.ERROR_PARTITION) + "@"
                + header(record, DeadLetterHeaders.ERROR_OFFSET);
        return "key " + key + ", from " + position + ": " + header(record, DeadLetterHeaders.ERROR_MESSAGE);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return DeadLetterHeaders.text(record.headers(), name).orElse("?");
    }

    /**
     * The report as text.
     *
     * @param sent what happened to them: "sent", or "would be sent"
     */
    public List<String> lines(String sent, String from, String to) {
        List<String> lines = new ArrayList<>();
        long all = counts.values().stream().mapToLong(count -> count).sum();
        lines.add(all + " dead letters " + sent + " from " + from + " to " + to + "; " + sentBefore
                + " sent in earlier runs.");
        counts.forEach((error, count) -> lines.add("  " + count + " " + error + ", such as " + examples.get(error)));
        if (foreign > 0) {
            lines.add(foreign + " records have no error class and are skipped: Stampede did not write them.");
        }
        return lines;
    }
}
