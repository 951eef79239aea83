package dev.stampede.streaming.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.scoring.OutcomeHeader;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a dead letter: those of the original record, then its error and its position as text, also under the
 * names that Kafka Streams uses, for tools that read its dead letter queues.
 */
public final class DeadLetterHeaders {
    /** The name of the {@link dev.stampede.streaming.wire.ErrorClass}. */
    public static final String ERROR_CLASS = "stampede.error.class";

    /** The cause as a sentence. */
    public static final String ERROR_MESSAGE = "stampede.error.message";

    /** The topic of the original record. */
    public static final String ERROR_TOPIC = "stampede.error.topic";

    /** The partition of the original record. */
    public static final String ERROR_PARTITION = "stampede.error.partition";

    /** The offset of the original record. */
    public static final String ERROR_OFFSET = "stampede.error.offset";

    private static final String KAFKA_EXCEPTION = "__streams.errors.exception";
    private static final String KAFKA_MESSAGE = "__streams.errors.message";
    private static final String KAFKA_TOPIC = "__streams.errors.topic";
    private static final String KAFKA_PARTITION = "__streams.errors.partition";
    private static final String KAFKA_OFFSET = "__streams.errors.offset";
    private static final Set<String> ADDED = Set.of(
            ERROR_CLASS,
            ERROR_MESSAGE,
            ERROR_TOPIC,
            ERROR_PARTITION,
            ERROR_OFFSET,
            KAFKA_EXCEPTION,
            KAFKA_MESSAGE,
            KAFKA_TOPIC,
            KAFKA_PARTITION,
            KAFKA_OFFSET);

    private DeadLetterHeaders() {}

    /** The headers of the dead letter of a record that had the headers {@code original} and that position. */
    public static Headers of(Headers original, DeadLetter cause, String topic, int partition, long offset) {
        // After a replay that failed again, only the last failure remains.
        Headers headers = original(original);
        add(headers, ERROR_CLASS, cause.error().name());
        add(headers, ERROR_MESSAGE, cause.message());
        add(headers, ERROR_TOPIC, topic);
        add(headers, ERROR_PARTITION, Integer.toString(partition));
        add(headers, ERROR_OFFSET, Long.toString(offset));
        add(headers, KAFKA_EXCEPTION, cause.error().name());
        add(headers, KAFKA_MESSAGE, cause.message());
        add(headers, KAFKA_TOPIC, topic);
        add(headers, KAFKA_PARTITION, Integer.toString(partition));
        add(headers, KAFKA_OFFSET, Long.toString(offset));
        return headers;
    }

    /** The headers that the record had before it became a dead letter. */
    public static Headers original(Headers headers) {
        RecordHeaders original = new RecordHeaders();
        for (Header header : headers) {
            if (!(header instanceof OutcomeHeader) && !ADDED.contains(header.key())) {
                original.add(header);
            }
        }
        return original;
    }

    /** The text of a header; empty if the record does not have it. */
    public static Optional<String> text(Headers headers, String key) {
        return Optional.ofNullable(headers.lastHeader(key)).map(Header::value).map(value -> new String(value, UTF_8));
    }

    private static void add(Headers headers, String key, String value) {
        headers.add(new RecordHeader(key, value.getBytes(UTF_8)));
    }
}
