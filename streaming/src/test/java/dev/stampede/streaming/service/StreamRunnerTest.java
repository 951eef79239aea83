package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class StreamRunnerTest {
    private final Throwable deleted = new StreamsException(
            "Error encountered sending record",
            new UnknownTopicOrPartitionException("This server does not host this topic-partition."));

    @Test
    void theLastLineNamesADeletedTopic() {
        assertThat(StreamRunner.describe(deleted, List.of("the topic classifications does not exist; create it again")))
                .isEqualTo("the topic classifications does not exist; create it again"
                        + " (This server does not host this topic-partition)");
    }

    @Test
    void theLastLineHasTheCauseIfTheTopicsAreFine() {
        assertThat(StreamRunner.describe(deleted, List.of()))
                .isEqualTo("This server does not host this topic-partition");
    }
}
