package dev.stampede.streaming.settings;

import dev.stampede.streaming.publish.SubjectStrategy;
import dev.stampede.streaming.wire.PixelArrays;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.List;

/** Settings of the format of the output topics. */
public final class OutputKeys {
    static final KeyGroup OUTPUT = new KeyGroup("Output");

    public static final Key<RecordFormat> FORMAT = OUTPUT.key(
                    "output.format",
                    "Format of classifications, shadow classifications, explanations and explanation requests: Avro object"
                            + " container file of one record, Confluent wire format with a schema registry, JSON object, or"
                            + " Avro single-object encoding; see docs/reference/topics.md.")
            .choice(List.of(RecordFormat.OCF, RecordFormat.CONFLUENT, RecordFormat.JSON, RecordFormat.SINGLE_OBJECT));

    public static final Key<SubjectStrategy> SUBJECT_STRATEGY = OUTPUT.key(
                    "output.subject-strategy",
                    "Subject under which schemas are registered if output.format is confluent: topic = TOPIC-value"
                            + " (TopicNameStrategy), record = the full name of the schema (RecordNameStrategy), topic-record ="
                            + " TOPIC-NAME (TopicRecordNameStrategy).")
            .choice(List.of(SubjectStrategy.TOPIC, SubjectStrategy.RECORD, SubjectStrategy.TOPIC_RECORD));

    public static final Key<PixelArrays> JSON_ARRAYS = OUTPUT.key(
                    "output.json-arrays",
                    "Occlusion maps and stamps if output.format is json: base64 of little-endian float32, or a list of rows of"
                            + " numbers.")
            .choice(List.of(PixelArrays.BASE64, PixelArrays.LIST));

    private OutputKeys() {}
}
