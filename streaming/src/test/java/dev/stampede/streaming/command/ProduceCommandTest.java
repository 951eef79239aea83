package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.publish.OutcomeReader;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    private static Told produce(String topic, Object... options) {
        broker.createTopics(2, List.of(topic));
        List<Object> all =
                new ArrayList<>(List.of("produce", "--bootstrap-servers", broker.address(), "--topic", topic));
        all.addAll(List.of(options));
        return Told.by(all.toArray());
    }

    /** Every record of the topic, in the order of their timestamps. */
    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = Collections.synchronizedList(new ArrayList<>());
        try (OutcomeReader reader = OutcomeReader.start(broker.address(), List.of(topic), records::add)) {
            assertThat(reader.finish(PATIENCE)).isTrue();
            assertThat(reader.failure()).isEmpty();
        }
        return records.stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
    }

    @Test
    void sendsSimulatedAlertsNeverFasterThanTheRate() throws InterruptedException {
        Told told = produce("paced", "--simulate", "21", "--rate", "40");
        assertThat(told.exitCode()).as(told.err()).isZero();
        List<ConsumerRecord<byte[], byte[]>> sent = records("paced");
        assertThat(sent).hasSize(21);
        // The twenty after the first are due 25 ms apart; a timestamp has whole milliseconds.
        assertThat(sent.get(20).timestamp() - sent.get(0).timestamp()).isGreaterThanOrEqualTo(20 * 25 - 1);
    }

    @Test
    void sendsThePacketsOfAFolderAsTheyAre() throws IOException, InterruptedException {
        Path night = Files.createDirectories(folder.resolve("packets/night"));
        byte[] good = SkyPackets.container(SkyPackets.record());
        byte[] bad = {1, 2, 3};
        Files.write(night.resolve("good.avro"), good);
        Files.write(folder.resolve("packets/bad.avro"), bad);
        Files.write(night.resolve("notes.txt"), bad);
        Told told = produce("packets", folder.resolve("packets"));
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out()).startsWith("Sent 2 alerts to packets in ");
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
        Told told = produce("none", empty);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("no packet", empty.toString());
    }

    @Test
    void refusesAFileThatIsNeitherStampsNorPackets() throws IOException {
        Path model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        Told told = produce("neither", model);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains(model.toString());
    }
}
