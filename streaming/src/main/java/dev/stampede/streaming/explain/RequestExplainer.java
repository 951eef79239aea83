package dev.stampede.streaming.explain;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.SchemasUnavailableException;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the occlusion maps for the requests of a poll. After a model swap, requests scored by the previous model still
 * arrive and are explained with it, until a poll contains none. One instance per thread.
 */
final class RequestExplainer implements PollScorer {
    private final StampExplainerFactory explainers;
    private final RecordDecoder<ExplanationRequest> decoder;
    private ModelExplainer current;
    private @Nullable ModelExplainer previous;

    /** The requests for one model: their indices among the outcomes, classifications and stamps. */
    private record Batch(
            ModelExplainer model, List<Integer> indices, List<Classification> classifications, List<Stamp> stamps) {
        Batch(ModelExplainer model) {
            this(model, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    RequestExplainer(StampExplainerFactory explainers, RecordDecoder<ExplanationRequest> decoder) {
        this.explainers = explainers;
        this.decoder = decoder;
        current = explainers.newExplainer();
    }

    @Override
    public List<Outcome> scoreRecords(List<AlertRecord> requests) {
        followSwap();
        List<Outcome> outcomes = new ArrayList<>(requests.size());
        List<Batch> batches =
                previous == null ? List.of(new Batch(current)) : List.of(new Batch(current), new Batch(previous));
        for (AlertRecord request : requests) {
            String fault = read(request.value(), outcomes.size(), batches);
            outcomes.add(new Outcome.Unexplained(fault));
        }
        batches.stream().filter(batch -> !batch.indices().isEmpty()).forEach(batch -> explain(batch, outcomes));
        if (batches.size() == 2 && batches.get(1).indices().isEmpty()) {
            closePrevious();
        }
        return outcomes;
    }

    private void followSwap() {
        if (!current.explains(explainers.model().sha256())) {
            closePrevious();
            previous = current;
            current = explainers.newExplainer();
        }
    }

    private void closePrevious() {
        if (previous != null) {
            previous.close();
            previous = null;
        }
    }

    private void explain(Batch batch, List<Outcome> outcomes) {
        List<Verdict> verdicts = batch.classifications().stream()
                .map(classification ->
                        Verdict.valueOf(classification.getVerdict().name()))
                .toList();
        List<Optional<OcclusionResult>> maps = explainers.explain(batch.model().explainer(), batch.stamps(), verdicts);
        for (int i = 0; i < maps.size(); i++) {
            Classification classification = batch.classifications().get(i);
            outcomes.set(
                    batch.indices().get(i),
                    maps.get(i)
                            .<Outcome>map(map -> new Outcome.Explained(classification, map))
                            .orElseGet(() -> new Outcome.Unexplained("the stamp cannot be scored")));
        }
    }

    /**
     * Adds a request to its batch; returns why it cannot be explained, or an empty string.
     *
     * @throws SchemasUnavailableException if the source of schemas does not respond: the request must be read later
     */
    private String read(byte @Nullable [] value, int index, List<Batch> batches) {
        try {
            if (value == null) {
                return "the request has no value";
            }
            ExplanationRequest request = decoder.decode(value);
            Classification classification = request.getClassification();
            for (Batch batch : batches) {
                if (batch.model().explains(classification.getModelSha256())) {
                    batch.stamps().add(stamp(request));
                    batch.classifications().add(classification);
                    batch.indices().add(index);
                    return "";
                }
            }
            return "it was scored by a model that is no longer active, " + classification.getModelName() + " "
                    + classification.getModelVersion();
        } catch (IOException e) {
            return "the request cannot be read: " + e.getMessage();
        }
    }

    private static Stamp stamp(ExplanationRequest request) {
        FloatBuffer wire = request.getPixels().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] pixels = new float[wire.remaining()];
        wire.get(pixels);
        return Stamp.of(request.getPlanes(), request.getHeight(), request.getWidth(), pixels)
                .withFeatures(RequestFeatures.read(request.getFeatures()));
    }

    @Override
    public void close() {
        closePrevious();
        current.close();
    }
}
