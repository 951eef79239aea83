package dev.stampede.streaming.command.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.kafka.TopicFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code produce} sends, read back. Each test has a topic of its own. */
class ProduceCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static CommandOutput produce(String topic, Object... options) {
        broker.createTopics(2, List.of(topic));
        List<Object> all =
                new ArrayList<>(List.of("produce", "--bootstrap-servers", broker.address(), "--topic", topic));
        all.addAll(List.of(options));
        return CommandOutput.by(all.toArray());
    }

    /** Every record of the topic, in the order of their timestamps. */
    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = Collections.synchronizedList(new ArrayList<>());
        try (TopicFollower follower = TopicFollower.start(broker.address(), List.of(topic), records::add)) {
            assertThat(follower.finish(TIMEOUT)).isTrue();
            assertThat(follower.failure()).isNull();
        }
        return records.stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
    }

    @Test
    void sendsSimulatedAlertsNeverFasterThanTheRate() throws InterruptedException {
        long start = System.currentTimeMillis();
        CommandOutput output = produce("paced", "--simulate", "21", "--rate", "40");
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<ConsumerRecord<byte[], byte[]>> sent = records("paced");
        assertThat(sent).hasSize(21);
        // The twenty after the first are due 25 ms apart; a timestamp has whole milliseconds. The first may itself be
        // late.
        assertThat(sent.get(20).timestamp() - start).isGreaterThanOrEqualTo(20 * 25 - 1);
    }

    @Test
    void sendsThePacketsOfAFolderAsTheyAre() throws IOException, InterruptedException {
        Path night = Files.createDirectories(folder.resolve("packets/night"));
        byte[] good = SkyPackets.container(SkyPackets.record());
        byte[] bad = {1, 2, 3};
        Files.write(night.resolve("good.avro"), good);
        Files.write(folder.resolve("packets/bad.avro"), bad);
        Files.write(night.resolve("notes.txt"), bad);
        CommandOutput output = produce("packets", folder.resolve("packets"));
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("Sent 2 alerts to packets in ");
        assertThat(records("packets")).hasSize(2).allSatisfy(record -> {
            String key = new String(record.key(), UTF_8);
            assertThat(record.value()).isEqualTo(key.equals("good") ? good : bad);
        });
    }

    @Test
    void sendsPacketFilesThatAreNamedOneByOne() throws IOException, InterruptedException {
        Path one = Files.write(folder.resolve("one.avro"), new byte[] {1});
        Path two = Files.write(folder.resolve("two.avro"), new byte[] {2});
        assertThat(produce("named", one, two, "--rate", "1000").exitCode()).isZero();
        assertThat(records("named")).hasSize(2);
    }

    @Test
    void saysThatAFolderHasNoPackets() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        CommandOutput output = produce("none", empty);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("no packet", empty.toString());
    }

    @Test
    void refusesAFileThatIsNeitherStampsNorPackets() throws IOException {
        Path model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        CommandOutput output = produce("neither", model);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains(model.toString());
    }
}
