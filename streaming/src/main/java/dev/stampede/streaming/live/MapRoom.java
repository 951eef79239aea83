package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.ScoringModel;
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

    private final ScoringModel model;
    private final Map<Long, ObjectNode> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ObjectNode> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable StampExplainer explainer;
    private boolean opened;
    private boolean closed;
    private long nextNanos = System.nanoTime();

    MapRoom(ScoringModel model) {
        this.model = model;
    }

    /** Someone else asked a moment ago. */
    static final class BusyException extends Exception {}

    /**
     * The map of a record; empty where the stamp was not judged or the model's stamps are too small for a map.
     *
     * @throws BusyException if a new map would come too soon after the last
     */
    synchronized Optional<ObjectNode> map(LiveRecord record) throws BusyException {
        ObjectNode ready = kept.get(record.sequence());
        if (ready != null) {
            return Optional.of(ready);
        }
        Optional<Stamp> stamp = record.judged().alert().stamp();
        Optional<StampExplainer> asked = explainer();
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

    private Optional<StampExplainer> explainer() {
        if (!opened && !closed) {
            opened = true;
            OcclusionSettings settings = OcclusionSettings.standard();
            if (settings.patch() <= model.identity().stampSize()) {
                explainer = model.newExplainer(settings);
            }
        }
        return Optional.ofNullable(explainer);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (explainer != null) {
            explainer.close();
            explainer = null;
        }
    }
}
