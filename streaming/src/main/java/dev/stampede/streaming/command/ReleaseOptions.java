package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where releases are, and what is said of a new one. */
final class ReleaseOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "models",
            description = "The topic of releases (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(names = "--by", paramLabel = "NAME", description = "Who releases it (default: the name of this user).")
    private @Nullable String by;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
    private @Nullable String comment;

    KafkaOptions kafka() {
        return kafka;
    }

    String topic() {
        return topic;
    }

    /**
     * What is released now, for a command that then writes a release.
     *
     * @throws CommandFailure if the topic is absent, or may not be read and written
     */
    Releases releases() {
        TopicCheck.demand(kafka.client(), Rights.of(Right.toRead(topic), Right.toWrite(topic)));
        return ReleaseTopic.read(kafka.client(), topic);
    }

    Promotion promotion() {
        return new Promotion(
                by == null ? System.getProperty("user.name", "unknown") : by,
                Optional.ofNullable(comment),
                Clock.systemUTC().instant());
    }
}
