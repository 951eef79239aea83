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
 * records that were not read, and after one that was longer than the retention of positions, the positions of the group;
 * its consumer would continue without a word.
 */
final class StartPositions {
    private static final String EARLIEST = "earliest";
    private static final String LATEST = "latest";

    private static final String LOST = ", although there are outcomes: either the group is new, or brokers deleted its"
            + " positions because it was stopped for longer than offsets.retention.minutes";
    private static final String AGAIN = " In the latter case records that have an outcome get another one.";
    private static final String SET_POSITIONS =
            ", or set the positions with kafka-consumer-groups.sh --reset-offsets, such as --to-datetime with the time of"
                    + " the stop";

    private final StreamSettings settings;
    private final List<GroupPosition> positions;
    private final boolean areAllLost;

    private StartPositions(StreamSettings settings, List<GroupPosition> positions, boolean areAllLost) {
        this.settings = settings;
        this.positions = positions;
        this.areAllLost = areAllLost;
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
        List<GroupPosition> positions = positions(settings, inputs);
        boolean areAllLost = positions.stream().allMatch(GroupPosition::isAbsent) && hasOutcomes(settings, partitions);
        return new StartPositions(settings, positions, areAllLost);
    }

    private static List<GroupPosition> positions(StreamSettings settings, Map<String, Integer> partitions) {
        return TopicCheck.positions(settings.clientConfig(), settings.get(StreamKeys.APPLICATION_ID), partitions);
    }

    /** Whether an outcome was ever published, also one that has been deleted since or whose transaction was aborted. */
    private static boolean hasOutcomes(StreamSettings settings, Map<String, Integer> partitions) {
        Map<String, Integer> outputs = new LinkedHashMap<>(partitions);
        outputs.keySet()
                .retainAll(List.of(
                        settings.get(StreamKeys.TOPIC_CLASSIFICATIONS), settings.get(StreamKeys.TOPIC_DEAD_LETTERS)));
        return positions(settings, outputs).stream().anyMatch(position -> position.end() > 0);
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
     * @throws StampedeException if a position is out of range, or all are absent although there are outcomes, and
     *     {@code topic.lost-offsets} is {@code stop}
     */
    List<String> describe() {
        List<String> sentences = new ArrayList<>(positions.stream()
                .filter(GroupPosition::isOutOfRange)
                .map(this::describe)
                .toList());
        boolean isOutOfRange = !sentences.isEmpty();
        String absent = positions.stream()
                .filter(position -> position.isAbsent() && position.end() > position.first())
                .map(position -> position.partition() + " (" + (position.end() - position.first()) + ")")
                .collect(Collectors.joining(", "));
        boolean isLost = areAllLost && !absent.isEmpty();
        if (!absent.isEmpty()) {
            sentences.add("The group " + settings.get(StreamKeys.APPLICATION_ID) + " has no position in " + absent
                    + ", records in parentheses" + (isLost ? LOST + "; " : ": ") + describeReset() + "."
                    + (isLost && resetPolicy().equals(EARLIEST) ? AGAIN : ""));
        }
        if ((isOutOfRange || isLost)
                && settings.get(StreamKeys.TOPIC_LOST_OFFSETS).equals(StreamKeys.STOP)) {
            throw new StampedeException(String.join(" ", sentences) + " The stream does not start, because of "
                    + StreamKeys.TOPIC_LOST_OFFSETS.name() + "=" + StreamKeys.STOP + "; set " + StreamKeys.CONTINUE
                    + " to start nevertheless" + (isLost ? SET_POSITIONS : "") + ".");
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
