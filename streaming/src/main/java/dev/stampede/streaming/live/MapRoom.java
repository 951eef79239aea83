package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.ModelExplainer;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.StampExplainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes occlusion maps for those who look, one after the other, and only so often: the cores belong to the stream.
 * Thread-safe; close it before the model.
 */
final class MapRoom implements AutoCloseable {
    private static final int KEPT = 64;

    /** A map takes some milliseconds: this leaves the stream nearly all of a core. */
    private static final long REST_NANOS = 200_000_000;

    private final Scoring scoring;
    private final Map<Long, ObjectNode> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ObjectNode> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable ModelExplainer explainer;
    private boolean closed;
    private long nextNanos = System.nanoTime();

    MapRoom(Scoring scoring) {
        this.scoring = scoring;
    }

    /** Someone else asked a moment ago. */
    static final class BusyException extends Exception {}

    /**
     * The map of a record; empty where the stamp was not judged, by a model that judges no more, or the model's stamps are
     * too small for a map.
     *
     * @throws BusyException if a new map would come too soon after the last
     */
    synchronized Optional<ObjectNode> map(LiveRecord record) throws BusyException {
        ObjectNode ready = kept.get(record.sequence());
        if (ready != null) {
            return Optional.of(ready);
        }
        Optional<Stamp> stamp = record.judged().alert().stamp();
        Optional<StampExplainer> asked = explainerOf(record.judged().model().sha256());
        if (stamp.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        if (System.nanoTime() - nextNanos < 0) {
            throw new BusyException();
        }
        Explanation explanation = asked.get()
                .explain(
                        List.of(stamp.get()),
                        List.of(record.judged().judgement().verdict()))
                .get(0);
        nextNanos = System.nanoTime() + REST_NANOS;
        Optional<ObjectNode> map = explanation.map().map(pixels -> LiveJson.map(explanation, pixels));
        map.ifPresent(node -> kept.put(record.sequence(), node));
        return map;
    }

    private Optional<StampExplainer> explainerOf(String modelSha256) {
        ModelIdentity judging = scoring.model().identity();
        OcclusionSettings settings = OcclusionSettings.standard();
        if (closed || settings.patch() > judging.stampSize()) {
            return Optional.empty();
        }
        ModelExplainer current = explainer;
        if (current == null || !current.explains(judging.sha256())) {
            closeExplainer();
            current = scoring.newExplainer(settings);
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
