package dev.stampede.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.CapturedLog;
import dev.stampede.streaming.settings.AlertTopics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicReaderTest {
    private static final TopicPartition FIRST = new TopicPartition("n20261129", 0);
    private static final TopicPartition SECOND = new TopicPartition("n20261130", 0);

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(TopicReader.class);

    private final Deque<Supplier<Map<String, List<PartitionInfo>>>> answers = new ArrayDeque<>();

    /** A broker that lists its topics as told; it knows the partitions of both nights, and no others. */
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<String, List<PartitionInfo>> listTopics() {
            return answers.remove().get();
        }
    };

    private final TopicReader reader =
            new TopicReader(consumer, List.of(FIRST), AlertTopics.parse("--topic", "n\\d{8}"));

    TopicReaderTest() {
        consumer.assign(List.of(FIRST));
        for (TopicPartition night : List.of(FIRST, SECOND)) {
            consumer.updatePartitions(night.topic(), List.of(partition(night)));
        }
    }

    private static PartitionInfo partition(TopicPartition night) {
        return new PartitionInfo(night.topic(), 0, Node.noNode(), new Node[0], new Node[0]);
    }

    private static Map<String, List<PartitionInfo>> topics(String... names) {
        return List.of(names).stream().collect(Collectors.toMap(name -> name, name -> List.of()));
    }

    @Test
    void keepsItsPartitionsDuringAnOutageAndFindsTheNextNightLater() {
        answers.add(() -> {
            throw new TimeoutException("Timeout expired while fetching topic metadata");
        });
        answers.add(() -> topics(FIRST.topic(), SECOND.topic()));
        reader.discover();
        assertThat(reader.partitions()).containsExactly(FIRST);
        reader.discover();
        assertThat(reader.partitions()).containsExactly(FIRST, SECOND);
        assertThat(consumer.assignment()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void keepsItsPartitionsIfATopicIsDeletedWhileItLooksForNewOnes() {
        answers.add(() -> topics(FIRST.topic(), "n20261128"));
        answers.add(() -> topics(SECOND.topic()));
        reader.discover();
        assertThat(reader.partitions()).containsExactly(FIRST);
        assertThat(log.lines()).hasSize(1);
        reader.discover();
        assertThat(reader.partitions()).containsExactly(SECOND);
    }
}
