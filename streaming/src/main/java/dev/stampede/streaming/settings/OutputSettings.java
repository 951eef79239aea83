package dev.stampede.streaming.settings;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.publish.RecordEncoder;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Makes the {@link OutputRecords} from the settings of {@link OutputKeys}. */
final class OutputSettings {
    private final KeyValues values;
    private final List<String> usedTopics;
    private final Optional<SchemaRegistry> registry;

    private OutputSettings(KeyValues values, List<String> usedTopics) {
        this.values = values;
        this.usedTopics = usedTopics;
        this.registry = RegistryConnection.of(values).map(SchemaRegistry::new);
    }

    /** Rejects the format that needs a registry without one. */
    static void requireRegistry(KeyValues values) {
        if (values.get(OutputKeys.FORMAT) == RecordFormat.CONFLUENT
                && values.get(InputKeys.REGISTRY_URL).isEmpty()) {
            throw new InvalidSettingException("Invalid value " + RecordFormat.CONFLUENT.word() + " for configuration "
                    + OutputKeys.FORMAT.name() + ": it needs a schema registry; set " + InputKeys.REGISTRY_URL.name()
                    + ", or choose another format");
        }
    }

    /** @param usedTopics the topics that are written; the schemas of others are not registered */
    static OutputRecords of(KeyValues values, TopicNames topics, List<String> usedTopics) {
        OutputSettings settings = new OutputSettings(values, usedTopics);
        return OutputRecords.of(
                settings.encoder(Classification.class, topics.classifications()),
                settings.encoder(Classification.class, topics.shadowClassifications()),
                settings.encoder(Classification.class, topics.explanations()),
                settings.encoder(ExplanationRequest.class, topics.explanationRequests()),
                settings.registry.<SchemaSource>map(source -> source).orElse(SchemaSource.NONE));
    }

    private <T extends SpecificRecord> RecordEncoder<T> encoder(Class<T> type, String topic) {
        RecordFormat format = values.get(OutputKeys.FORMAT);
        if (!usedTopics.contains(topic)) {
            return RecordEncoder.unused(format, topic);
        }
        return format == RecordFormat.CONFLUENT
                ? RecordEncoder.confluent(type, topic, values.get(OutputKeys.SUBJECT_STRATEGY), registry.orElseThrow())
                : RecordEncoder.of(format, type, values.get(OutputKeys.JSON_ARRAYS));
    }
}
