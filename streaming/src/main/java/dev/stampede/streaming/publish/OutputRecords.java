package dev.stampede.streaming.publish;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.PixelArrays;
import dev.stampede.streaming.wire.RecordFormat;

/** How a stream writes the records of its output topics, and reads its own requests for explanations. Thread-safe. */
public final class OutputRecords {
    private final ClassificationRecords classifications;
    private final ClassificationRecords shadowClassifications;
    private final ClassificationRecords explanations;
    private final RecordEncoder<ExplanationRequest> explanationRequests;
    private final SchemaSource schemas;

    private OutputRecords(
            ClassificationRecords classifications,
            ClassificationRecords shadowClassifications,
            ClassificationRecords explanations,
            RecordEncoder<ExplanationRequest> explanationRequests,
            SchemaSource schemas) {
        this.classifications = classifications;
        this.shadowClassifications = shadowClassifications;
        this.explanations = explanations;
        this.explanationRequests = explanationRequests;
        this.schemas = schemas;
    }

    /**
     * Records with these encoders.
     *
     * @param schemas the source of the schemas of requests that carry only a schema id
     */
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

    /** The records of the topic of classifications. */
    public ClassificationRecords classifications() {
        return classifications;
    }

    /** The records of the topic of shadow classifications. */
    public ClassificationRecords shadowClassifications() {
        return shadowClassifications;
    }

    /** The records of the topic of explanations. */
    public ClassificationRecords explanations() {
        return explanations;
    }

    /** The encoder of requests for explanations. */
    public RecordEncoder<ExplanationRequest> explanationRequests() {
        return explanationRequests;
    }

    /** A decoder of requests for explanations, for one thread. */
    public RecordDecoder<ExplanationRequest> newRequestDecoder() {
        return new RecordDecoder<>(ExplanationRequest.class, schemas);
    }
}
