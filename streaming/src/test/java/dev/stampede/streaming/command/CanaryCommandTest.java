package dev.stampede.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.broker.EmbeddedBroker;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CanaryCommandTest {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        broker.createTopics(1, List.of("alerts"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Told tell(String command, String... options) {
        return Told.by(Stream.concat(Stream.of(command, "--bootstrap-servers", broker.address()), Stream.of(options))
                .toArray());
    }

    @Test
    void refusesARateThatMakesNoSense() {
        assertThat(tell("canary", "--rate", "0")).returns(2, Told::exitCode);
    }

    @Test
    void namesATopicThatIsNotThereAndHintsAtNoSettingOfTheStream() {
        Told told = tell("canary", "--canary-topic", "nowhere", "--http-port", "0");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err())
                .contains("no topic nowhere; create it, or name another")
                .doesNotContain("topics.create");
    }
}
