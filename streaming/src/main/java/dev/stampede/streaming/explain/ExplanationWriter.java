package dev.stampede.streaming.explain;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.publish.RecordEncoder;
import org.apache.avro.Schema;

/** Writes requests for explanations, and explanations. Thread-safe. */
public final class ExplanationWriter {
    private final StampExplainerFactory explainers;
    private final RecordEncoder<ExplanationRequest> requests;

    public ExplanationWriter(StampExplainerFactory explainers, RecordEncoder<ExplanationRequest> requests) {
        this.explainers = explainers;
        this.requests = requests;
    }

    /**
     * The value of the record that requests the map of {@code classification}.
     *
     * @param stamp of the alert; the centre of a larger one, which the model scored, is sent
     * @param stampSize rows and columns of the model's input, pixels
     */
    public byte[] request(Classification classification, Stamp stamp, int stampSize) {
        Stamp scored = stamp.centreCropWithin(stampSize);
        return requests.encode(new ExplanationRequest(
                classification,
                scored.planes(),
                scored.width(),
                scored.height(),
                StampAlertWriter.littleEndian(scored),
                RequestFeatures.write(scored.features())));
    }

    /** A copy of {@code classification} with its map. */
    public Classification explained(Classification classification, OcclusionResult map) {
        Classification copy = new Classification();
        // Field by field: Avro's builder copies only classes that a switch of the whole JVM trusts.
        for (Schema.Field field : Classification.getClassSchema().getFields()) {
            copy.put(field.pos(), classification.get(field.pos()));
        }
        boolean isReal = classification.getVerdict() == Verdict.REAL;
        copy.put("occlusionMap", OcclusionMaps.of(map, explainers.settings().occlusion()));
        copy.put("judgedOnBackground", explainers.isOnBackground(isReal, map));
        return copy;
    }
}
