package dev.stampede.streaming.command.model;

import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import dev.stampede.streaming.settings.StreamKeys;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The models topic, and the user and the comment of a new release. */
final class ReleaseOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Models topic (default: that of --config, otherwise models).")
    private @Nullable String topic;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Name of the person or program (default: the current user).")
    private @Nullable String by;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Reason, stored with the release.")
    private @Nullable String comment;

    KafkaOptions kafka() {
        return kafka;
    }

    String topic() {
        return kafka.topic(topic, StreamKeys.TOPIC_MODELS);
    }

    /** The current releases, for a command that then writes a release. */
    Releases releases() {
        TopicCheck.require(kafka.client(), AccessRights.of(AccessRight.toRead(topic()), AccessRight.toWrite(topic())));
        return ReleaseTopic.read(kafka.client(), topic());
    }

    Promotion promotion() {
        return new Promotion(
                by == null ? System.getProperty("user.name", "unknown") : by,
                Optional.ofNullable(comment),
                Clock.systemUTC().instant());
    }
}
