package dev.stampede.streaming;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.topology.ClassificationWriter;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Classifications for tests. */
public final class Classifications {
    private Classifications() {}

    /** What {@link FirstPixelModel}, whose threshold is 0.5, says of an alert that came at {@code ingestMillis}. */
    public static Classification reported(String id, float probability, long ingestMillis) {
        AlertDecoder decoder = new AlertDecoder(FirstPixelModel.IDENTITY.planes(), 100_000);
        if (!(decoder.decode(SingleObject.write(Alerts.uniform(id, probability))) instanceof Alert alert)) {
            throw new IllegalStateException("a uniform alert can be decoded");
        }
        Verdict verdict = probability >= FirstPixelModel.IDENTITY.threshold() ? Verdict.REAL : Verdict.BOGUS;
        Prediction prediction = new Prediction.Scored(probability, verdict, FirstPixelModel.QUALITY);
        return ClassificationWriter.classification(
                new Outcome.Classified(alert, prediction, FirstPixelModel.IDENTITY, Instant.EPOCH, "cpu"),
                ingestMillis);
    }

    /** The classification in the value of a record, in any format that needs no registry. */
    public static Classification read(byte[] value) throws IOException {
        return new RecordDecoder<>(Classification.class, SchemaSource.NONE).decode(value);
    }

    /** The request for an explanation in the value of a record, in any format that needs no registry. */
    public static ExplanationRequest readRequest(byte[] value) throws IOException {
        return new RecordDecoder<>(ExplanationRequest.class, SchemaSource.NONE).decode(value);
    }

    /** The same record with one field changed. */
    public static <T extends IndexedRecord> T with(T record, String field, @Nullable Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
        return record;
    }
}
