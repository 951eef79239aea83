package dev.stampede.streaming.publish;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.PixelArrays;
import dev.stampede.streaming.wire.RecordFormat;

/**
 * How a stream writes the records of its output topics, and reads its own requests for explanations. Thread-safe.
 *
 * @param schemas the source of the schemas of records that carry only a schema id
 */
public record OutputRecords(
        ClassificationRecords classifications,
        ClassificationRecords shadowClassifications,
        ClassificationRecords explanations,
        RecordEncoder<ExplanationRequest> explanationRequests,
        SchemaSource schemas) {
    /** Records with these encoders. */
    public static OutputRecords of(
            RecordEncoder<Classification> classifications,
            RecordEncoder<Classification> shadowClassifications,
            RecordEncoder<Classification> explanations,
            RecordEncoder<ExplanationRequest> explanationRequests,
            SchemaSource schemas) {
        return new OutputRecords(
                new ClassificationRecords(classifications),
                new ClassificationRecords(shadowClassifications),
                new ClassificationRecords(explanations),
                explanationRequests,
                schemas);
    }

    /** Records in the default format, container files, in all topics. */
    public static OutputRecords ofDefault() {
        RecordEncoder<Classification> classifications =
                RecordEncoder.of(RecordFormat.OCF, Classification.class, PixelArrays.BASE64);
        return of(
                classifications,
                classifications,
                classifications,
                RecordEncoder.of(RecordFormat.OCF, ExplanationRequest.class, PixelArrays.BASE64),
                SchemaSource.NONE);
    }

    /** A decoder of requests for explanations, for one thread. */
    public RecordDecoder<ExplanationRequest> newRequestDecoder() {
        return new RecordDecoder<>(ExplanationRequest.class, schemas);
    }
}
