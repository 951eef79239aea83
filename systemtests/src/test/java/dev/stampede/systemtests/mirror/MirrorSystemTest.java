package dev.stampede.systemtests.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.mirror.MirrorMaker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies the nights of one broker to another with the properties file of {@code deploy}. */
@Tag("system")
class MirrorSystemTest {
    private static final Path RECIPE = Path.of("..", "deploy", "mirrormaker", "mirror.properties");
    private static final String FIRST = "ztf_20261129_programid1";
    private static final String SECOND = "ztf_20261130_programid1";

    @TempDir
    private Path folder;

    /** The timestamps of the test are of 1970: a retention time would delete its records. */
    private EmbeddedBroker broker(String name) throws IOException {
        BrokerSettings forever = BrokerSettings.singleNode(0).with(Map.of("log.retention.ms", "-1"));
        return EmbeddedBroker.start(Files.createDirectory(folder.resolve(name)), forever);
    }

    private static MirrorMaker start(EmbeddedBroker survey, EmbeddedBroker local) throws IOException {
        Properties recipe = new Properties();
        try (Reader file = Files.newBufferedReader(RECIPE)) {
            recipe.load(file);
        }
        Map<String, String> settings = new HashMap<>();
        recipe.stringPropertyNames().forEach(key -> settings.put(key, recipe.getProperty(key)));
        assertThat(settings).containsKeys("survey.bootstrap.servers", "refresh.topics.interval.seconds");
        settings.put("survey.bootstrap.servers", survey.address());
        settings.put("local.bootstrap.servers", local.address());
        settings.put("refresh.topics.interval.seconds", "1");
        MirrorMaker mirror = new MirrorMaker(settings, List.of("local"), Time.SYSTEM);
        mirror.start();
        return mirror;
    }

    private static void stop(MirrorMaker mirror) {
        mirror.stop();
        mirror.awaitStop();
    }

    private static void send(EmbeddedBroker survey, String topic, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", survey.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                byte[] id = String.valueOf(i).getBytes(UTF_8);
                var unused = producer.send(new ProducerRecord<>(topic, i % 2, (long) i, id, new byte[] {(byte) i}));
            }
        }
    }

    /** The partition, timestamp, key and value of every committed record. */
    private static List<String> copies(EmbeddedBroker local, String topic) {
        List<String> copies = new ArrayList<>();
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", local.address()))) {
            if (reader.hasTopic(topic)) {
                reader.read(reader.range(topic, TimeRange.ALL), record -> copies.add(describe(record)));
            }
        }
        return copies;
    }

    private static String describe(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + " " + record.timestamp() + " " + new String(record.key(), UTF_8) + " "
                + record.value()[0];
    }

    private static List<String> sent(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> i % 2 + " " + i + " " + i + " " + (byte) i)
                .toList();
    }

    @Test
    void copiesEachRecordOnceAcrossARestartAndWritesNothingToTheSource() throws Exception {
        try (EmbeddedBroker survey = broker("survey");
                EmbeddedBroker local = broker("local")) {
            survey.createTopics(2, List.of(FIRST, "other"));
            send(survey, FIRST, 0, 200);
            MirrorMaker mirror = start(survey, local);
            Polling.await(() -> copies(local, FIRST).size() >= 200);
            survey.createTopics(2, List.of(SECOND));
            send(survey, SECOND, 0, 100);
            Polling.await(() -> copies(local, SECOND).size() >= 100);
            stop(mirror);
            send(survey, FIRST, 200, 250);
            MirrorMaker again = start(survey, local);
            Polling.await(() -> copies(local, FIRST).size() >= 250);
            stop(again);
            assertThat(copies(local, FIRST)).containsExactlyInAnyOrderElementsOf(sent(0, 250));
            assertThat(copies(local, SECOND)).containsExactlyInAnyOrderElementsOf(sent(0, 100));
            try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", local.address()))) {
                assertThat(reader.range(FIRST, TimeRange.ALL).offsets())
                        .as("records and the markers of their transactions: copies are exactly once")
                        .isGreaterThan(250);
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", survey.address()))) {
                assertThat(admin.listTopics(new ListTopicsOptions().listInternal(true))
                                .names()
                                .get())
                        .containsExactlyInAnyOrder(FIRST, SECOND, "other");
                assertThat(admin.listGroups().all().get()).isEmpty();
            }
            assertThat(copies(local, "other")).isEmpty();
        }
    }
}
