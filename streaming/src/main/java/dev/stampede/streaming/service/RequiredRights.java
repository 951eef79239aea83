package dev.stampede.streaming.service;

import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** The minimum access rights of a stream, except on topics that match a pattern; {@code docs/reference/kafka-permissions.md} lists them, and a test compares. */
public final class RequiredRights {
    private RequiredRights() {}

    public static AccessRights of(StreamSettings settings) {
        TopicNames topics = settings.topics();
        String applicationId = settings.get(StreamKeys.APPLICATION_ID);
        List<AccessRight> rights = new ArrayList<>(
                settings.alertTopics().names().stream().map(AccessRight::toRead).toList());
        rights.addAll(List.of(
                AccessRight.toWrite(topics.classifications()),
                AccessRight.toWrite(topics.deadLetters()),
                AccessRight.toJoin(applicationId)));
        if (settings.get(StreamKeys.PROCESSING_GUARANTEE).equals(StreamsConfig.EXACTLY_ONCE_V2)) {
            // Kafka Streams names the ids APPLICATION-PROCESS-THREAD; the prefix includes those of the explanations.
            rights.add(AccessRight.toTransact(applicationId + "-*"));
        }
        if (ExplanationSettings.of(settings).explainsLater()) {
            rights.add(AccessRight.toWrite(topics.explanationRequests()));
            rights.add(AccessRight.toRead(topics.explanationRequests()));
            rights.add(AccessRight.toWrite(topics.explanations()));
            rights.add(AccessRight.toJoin(StreamsConfigs.explanationsId(settings)));
        }
        if (!topics.models().isEmpty()) {
            rights.add(AccessRight.toRead(topics.models()));
            rights.add(AccessRight.toWrite(topics.shadowClassifications()));
        }
        if (settings.get(StreamKeys.PAGE_LABELS)) {
            rights.add(AccessRight.toWrite(settings.get(StreamKeys.TOPIC_LABELS)));
        }
        if (settings.get(StreamKeys.TOPICS_CREATE)) {
            settings.usedTopics().forEach(topic -> rights.add(AccessRight.toCreate(topic)));
        }
        return new AccessRights(rights);
    }
}
