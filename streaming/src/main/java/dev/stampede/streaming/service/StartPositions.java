package dev.stampede.streaming.service;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.streaming.kafka.GroupPosition;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Where the stream starts to read its input topics. After a stop that was longer than their retention, Kafka has deleted
 * records that were not read; its consumer would continue without a word.
 */
final class StartPositions {
    private static final String EARLIEST = "earliest";
    private static final String LATEST = "latest";

    private final StreamSettings settings;
    private final List<GroupPosition> positions;

    private StartPositions(StreamSettings settings, List<GroupPosition> positions) {
        this.settings = settings;
        this.positions = positions;
    }

    /**
     * The positions in the input topics among those of {@code partitions}, their numbers of partitions.
     *
     * @throws dev.stampede.streaming.kafka.TopicCheckException if Kafka does not respond
     */
    static StartPositions of(StreamSettings settings, Map<String, Integer> partitions) {
        Map<String, Integer> inputs = new LinkedHashMap<>();
        settings.alertTopics()
                .readOf(partitions.keySet())
                .forEach(topic -> inputs.put(topic, partitions.getOrDefault(topic, 0)));
        return new StartPositions(
                settings,
                TopicCheck.positions(settings.clientConfig(), settings.get(StreamKeys.APPLICATION_ID), inputs));
    }

    /** Records the deleted records in {@code metrics}. */
    void record(StreamMetrics metrics) {
        positions.stream()
                .filter(GroupPosition::isOutOfRange)
                .forEach(position -> metrics.lostRecords(
                        position.partition().topic(), position.partition().partition(), position.lost()));
    }

    /**
     * A sentence for each partition whose position is out of range, and one about partitions without a position, with what
     * will happen.
     *
     * @throws StampedeException if a position is out of range and {@code topic.lost-offsets} is {@code stop}
     */
    List<String> describe() {
        List<String> sentences = new ArrayList<>(positions.stream()
                .filter(GroupPosition::isOutOfRange)
                .map(this::describe)
                .toList());
        if (!sentences.isEmpty() && settings.get(StreamKeys.TOPIC_LOST_OFFSETS).equals(StreamKeys.STOP)) {
            throw new StampedeException(String.join(" ", sentences) + " The stream does not start, because of "
                    + StreamKeys.TOPIC_LOST_OFFSETS.name() + "=" + StreamKeys.STOP + "; set " + StreamKeys.CONTINUE
                    + " to start nevertheless.");
        }
        String fresh = positions.stream()
                .filter(position -> position.isAbsent() && position.end() > position.first())
                .map(position -> position.partition() + " (" + (position.end() - position.first()) + ")")
                .collect(Collectors.joining(", "));
        if (!fresh.isEmpty()) {
            sentences.add("The group " + settings.get(StreamKeys.APPLICATION_ID) + " has no position in " + fresh
                    + ", records in parentheses: " + describeReset() + ".");
        }
        return sentences;
    }

    private String describe(GroupPosition position) {
        String what = position.lost() > 0
                ? "Up to " + position.lost() + " records of " + position.partition() + " were deleted before the group "
                        + settings.get(StreamKeys.APPLICATION_ID) + " read them (offsets " + position.committed()
                        + " to " + (position.first() - 1) + "): the stream was stopped for longer than the retention of"
                        + " the topic"
                : "The group " + settings.get(StreamKeys.APPLICATION_ID) + " is at offset " + position.committed()
                        + " of " + position.partition() + ", which ends at " + position.end()
                        + ": records were deleted, or the topic was created again";
        return what + "; " + describeReset() + ".";
    }

    private String describeReset() {
        String reset = resetPolicy();
        String consequence = switch (reset) {
            case EARLIEST -> "the stream reads from the first available record";
            case LATEST -> "the stream reads only what arrives from now on and skips the available records";
            default -> "the stream will stop";
        };
        return consequence + " (" + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG + "=" + reset + ")";
    }

    /** As Kafka Streams applies it, whose default is earliest. */
    private String resetPolicy() {
        Map<Object, Object> config = StreamsConfigs.of(settings);
        String key = ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
        Object general = config.getOrDefault(key, EARLIEST);
        Object ofConsumers = config.getOrDefault(StreamsConfig.consumerPrefix(key), general);
        return String.valueOf(config.getOrDefault(StreamsConfig.mainConsumerPrefix(key), ofConsumers));
    }
}
