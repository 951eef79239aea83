package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.explain.ModelExplainer;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.wire.LruCache;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes occlusion maps on request, one at a time and at a limited rate, to leave the CPU to the stream. Thread-safe;
 * close it before the model.
 */
final class OnDemandMaps implements AutoCloseable {
    private static final int CACHED = 64;

    /** Minimum interval. A map takes some milliseconds, so this leaves nearly all of a core to the stream. */
    private static final long INTERVAL_NANOS = 200_000_000;

    private final AlertScorerFactory scoring;
    private final LruCache<Long, ObjectNode> cache = new LruCache<>(CACHED);
    private @Nullable ModelExplainer explainer;
    private boolean closed;
    private long nextNanos = System.nanoTime();

    OnDemandMaps(AlertScorerFactory scoring) {
        this.scoring = scoring;
    }

    /** Another map was computed less than the interval ago. */
    static final class BusyException extends Exception {}

    /**
     * The map of a record; empty if its stamp was not scored, its model is no longer active, or the model's stamps are too
     * small for a map.
     *
     * @throws BusyException if the interval since the last map has not passed
     */
    synchronized Optional<ObjectNode> map(LiveRecord record) throws BusyException {
        ObjectNode cached = cache.get(record.sequence());
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Stamp> stamp = record.classified().alert().stamp();
        Optional<StampExplainer> opened =
                explainerOf(record.classified().model().sha256());
        if (stamp.isEmpty() || opened.isEmpty()) {
            return Optional.empty();
        }
        if (System.nanoTime() - nextNanos < 0) {
            throw new BusyException();
        }
        Explanation explanation = opened.get()
                .explain(
                        List.of(stamp.get()),
                        List.of(record.classified().prediction().verdict()))
                .get(0);
        nextNanos = System.nanoTime() + INTERVAL_NANOS;
        Optional<ObjectNode> map = explanation.map().map(pixels -> LiveJson.map(explanation, pixels));
        map.ifPresent(node -> cache.put(record.sequence(), node));
        return map;
    }

    private Optional<StampExplainer> explainerOf(String modelSha256) {
        ModelIdentity activeModel = scoring.model().identity();
        OcclusionSettings settings = OcclusionSettings.standard();
        if (closed || settings.patch() > activeModel.stampSize()) {
            return Optional.empty();
        }
        ModelExplainer current = explainer;
        if (current == null || !current.explains(activeModel.sha256())) {
            closeExplainer();
            current = ModelExplainer.open(scoring.models(), settings);
            explainer = current;
        }
        return current.explains(modelSha256) ? Optional.of(current.explainer()) : Optional.empty();
    }

    private void closeExplainer() {
        if (explainer != null) {
            explainer.close();
            explainer = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeExplainer();
    }
}
