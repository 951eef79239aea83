package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A broker that goes away and returns, and topics that are deleted, under a running stream. */
@Tag("system") // half a minute
class BrokerOutageTest {
    private static final String DEAD_LETTERS = "dead-letters";

    @TempDir
    private Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.stampede.streaming.kafka.ConnectionLog");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        lines.start();
        logger.addAppender(lines);
        broker = EmbeddedBroker.open(folder.resolve("broker"), 0);
        // An embedded broker hides the warnings of clients.
        ((Logger) LoggerFactory.getLogger(NetworkClient.class)).setLevel(Level.WARN);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        broker.close();
    }

    private static HealthCheck check(StampedeStream stream, String name) {
        return stream.readiness().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void delete(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /** The log lines about the broker; its own connections to its controller have another port. */
    private List<String> linesAbout(String address) {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getKeyValuePairs().toString().contains(address))
                .map(ILoggingEvent::getMessage)
                .toList();
    }

    @Test
    void readinessAndLogFollowTheBrokerAndTheTopics() throws Exception {
        String address = broker.address();
        StreamSettings settings = StreamSettings.of(
                Map.of("bootstrap.servers", address, "topic.models", "", "topic.dead-letters", DEAD_LETTERS));
        broker.createTopics(1, settings.usedTopics());
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
            Polling.await(() -> check(stream, "lag").description().equals("0 alerts waiting"));

            long start = System.nanoTime();
            broker.close();
            Polling.await(() -> !check(stream, "kafka").holds());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20)); // 5 to stop
            assertThat(check(stream, "kafka").description()).startsWith("no broker has answered since 20");
            Polling.await(() -> check(stream, "lag").description().startsWith("not measured since "));
            assertThat(stream.status().lag()).isEmpty();

            broker = EmbeddedBroker.open(
                    folder.resolve("broker"), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
            Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
            Polling.await(() -> linesAbout(address).size() == 2);
            assertThat(linesAbout(address))
                    .containsExactly(
                            "Lost the connection to the Kafka broker; reconnecting",
                            "Connected to the Kafka broker again");

            delete(DEAD_LETTERS);
            Polling.await(() -> !check(stream, "topics").holds());
            assertThat(check(stream, "topics").description())
                    .isEqualTo("the topic dead-letters does not exist; create it again");
            broker.createTopics(1, List.of(DEAD_LETTERS));
            Polling.await(() -> check(stream, "topics").holds());
            assertThat(stream.topicProblems()).isEmpty();
        }
    }
}
