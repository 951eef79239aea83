package dev.stampede.streaming.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The records of a topic of classifications: their key is the alert id, and their headers, all of them text, are enough to
 * route them without decoding the value. Thread-safe.
 */
public final class ClassificationRecords {
    /** REAL, BOGUS or ABSTAIN. */
    public static final String VERDICT = "stampede.verdict";

    /** The name of the model. */
    public static final String MODEL_NAME = "stampede.model.name";

    /** The version of the model. */
    public static final String MODEL_VERSION = "stampede.model.version";

    /** The survey of the alert. */
    public static final String SURVEY = "stampede.survey";

    /** The media type of the value, by its format: see {@link RecordFormat#contentType}. */
    public static final String CONTENT_TYPE = "content-type";

    private static final Map<Verdict, Header> VERDICTS = Arrays.stream(Verdict.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), verdict -> header(VERDICT, verdict.name())));

    private final RecordEncoder<Classification> encoder;
    private final Header contentType;

    ClassificationRecords(RecordEncoder<Classification> encoder) {
        this.encoder = encoder;
        this.contentType = header(CONTENT_TYPE, encoder.format().contentType());
    }

    /** The record of {@code classification}, with the timestamp of the record of its alert. */
    public Record<byte[], byte[]> of(Classification classification, long timestampMillis) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(contentType);
        headers.add(VERDICTS.get(classification.getVerdict()));
        headers.add(header(MODEL_NAME, classification.getModelName()));
        headers.add(header(MODEL_VERSION, classification.getModelVersion()));
        headers.add(header(SURVEY, classification.getSurvey()));
        byte[] key = classification.getAlertId().getBytes(UTF_8);
        return new Record<>(key, encoder.encode(classification), timestampMillis, headers);
    }

    private static Header header(String key, String value) {
        return new RecordHeader(key, value.getBytes(UTF_8));
    }
}
