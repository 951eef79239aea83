package dev.stampede.streaming.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InjectCommandTest {
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

    private static CommandOutput report(String command, String... options) {
        return CommandOutput.by(
                Stream.concat(Stream.of(command, "--bootstrap-servers", broker.address()), Stream.of(options))
                        .toArray());
    }

    @Test
    void refusesARateThatMakesNoSense() {
        assertThat(report("inject", "--rate", "0")).returns(2, CommandOutput::exitCode);
    }

    @Test
    void namesATopicThatIsNotThereAndHintsAtNoSettingOfTheStream() {
        CommandOutput output = report("inject", "--injection-topic", "nowhere", "--http-port", "0");
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err())
                .contains("no topic nowhere; create it, or name another")
                .doesNotContain("topics.create");
    }
}
