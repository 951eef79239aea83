package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TopicWarningsTest {
    private static List<String> warnings(Map<String, String> alerts, Map<String, String> deadLetters) {
        return TopicWarnings.of(
                List.of("alerts"),
                TopicNames.DEFAULT,
                topic -> topic.equals("alerts") ? alerts : topic.equals("dead-letters") ? deadLetters : Map.of());
    }

    @Test
    void warnsOfARetentionThatAnOutageOutlives() {
        assertThat(warnings(Map.of("retention.ms", "5400000"), Map.of()))
                .singleElement()
                .asString()
                .contains("topic alerts retains alerts for only 1 h 30 min", "retention.ms=5400000", "one day or more");
        assertThat(warnings(Map.of("retention.ms", "2500"), Map.of()))
                .singleElement()
                .asString()
                .contains("for only 2.5 s");
    }

    @Test
    void isContentWithADayAndWithForEver() {
        assertThat(warnings(Map.of("retention.ms", "86400000"), Map.of())).isEmpty();
        assertThat(warnings(Map.of("retention.ms", "-1"), Map.of())).isEmpty();
    }

    @Test
    void warnsOfAlertsThatAreCompacted() {
        assertThat(warnings(Map.of("cleanup.policy", "compact,delete"), Map.of()))
                .singleElement()
                .asString()
                .contains("is compacted", "cleanup.policy=compact,delete");
    }

    @Test
    void warnsOfDeadLettersThatTheirTopicWouldRefuse() {
        assertThat(warnings(Map.of("max.message.bytes", "1048588"), Map.of("max.message.bytes", "1048588")))
                .singleElement()
                .asString()
                .contains("dead-letters accepts records of up to 1048588 bytes", "to 1114124");
        assertThat(warnings(Map.of("max.message.bytes", "1048588"), Map.of("max.message.bytes", "1114124")))
                .isEmpty();
    }

    @Test
    void saysNothingOfSettingsThatItCannotSee() {
        assertThat(warnings(Map.of(), Map.of())).isEmpty();
    }

    @Test
    @Tag("slow")
    void findsNothingWrongWithTheTopicsItMakesItself() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings made = StreamSettings.of(
                    Map.of("bootstrap.servers", broker.address(), "topics.create", "true", "topics.partitions", "1"));
            StreamTopics.require(made);
            assertThat(StreamTopics.warnings(made)).isEmpty();

            StreamSettings others = StreamSettings.of(Map.of(
                    "bootstrap.servers",
                    broker.address(),
                    "topic.alerts",
                    "theirs",
                    "topic.dead-letters",
                    "theirs-too"));
            broker.createTopics(1, List.of("theirs", "theirs-too"));
            assertThat(StreamTopics.warnings(others)).singleElement().asString().contains("theirs-too accepts records");
        }
    }

    @Test
    @Tag("slow")
    void waitsForTopicsThatTheBrokerDoesNotKnowYet() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings settings =
                    StreamSettings.of(Map.of("bootstrap.servers", broker.address(), "topic.models", ""));
            CompletableFuture<Void> made = CompletableFuture.runAsync(
                    () -> broker.createTopics(1, TopicNames.DEFAULT.all()),
                    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));

            assertThat(StreamTopics.warnings(settings))
                    .singleElement()
                    .asString()
                    .contains("dead-letters accepts records");
            made.join();
        }
    }
}
