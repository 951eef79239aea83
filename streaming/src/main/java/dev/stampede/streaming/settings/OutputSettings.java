package dev.stampede.streaming.settings;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.publish.RecordEncoder;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Makes the {@link OutputRecords} from the settings of {@link OutputKeys}. */
final class OutputSettings {
    private final KeyValues values;
    private final SchemaAccess schemas;
    private final List<String> usedTopics;

    private OutputSettings(KeyValues values, SchemaAccess schemas, List<String> usedTopics) {
        this.values = values;
        this.schemas = schemas;
        this.usedTopics = usedTopics;
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
    static OutputRecords of(KeyValues values, SchemaAccess schemas, TopicNames topics, List<String> usedTopics) {
        OutputSettings settings = new OutputSettings(values, schemas, usedTopics);
        return OutputRecords.of(
                settings.encoder(Classification.class, topics.classifications()),
                settings.encoder(Classification.class, topics.shadowClassifications()),
                settings.encoder(Classification.class, topics.explanations()),
                settings.encoder(ExplanationRequest.class, topics.explanationRequests()),
                schemas.written());
    }

    private <T extends SpecificRecord> RecordEncoder<T> encoder(Class<T> type, String topic) {
        RecordFormat format = values.get(OutputKeys.FORMAT);
        if (!usedTopics.contains(topic)) {
            return RecordEncoder.unused(format, topic);
        }
        return format == RecordFormat.CONFLUENT
                ? RecordEncoder.confluent(
                        type,
                        topic,
                        values.get(OutputKeys.SUBJECT_STRATEGY),
                        schemas.registry().orElseThrow())
                : RecordEncoder.of(format, type, values.get(OutputKeys.JSON_ARRAYS));
    }
}
