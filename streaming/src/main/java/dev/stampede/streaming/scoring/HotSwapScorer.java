package dev.stampede.streaming.scoring;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PixelGrid;
import java.util.List;
import java.util.Optional;

/**
 * Scores each poll with the models that are active when it begins, from the first value to the last, and changes models
 * between polls. One instance per thread.
 */
final class HotSwapScorer implements PollScorer {
    private final AlertScorerFactory scoring;
    private Decoding decoding;
    private Opened opened;

    /** The decoder and what it was made for: most models share one, with the schemas that it has cached. */
    private record Decoding(List<Plane> planes, Optional<PixelGrid> grid, AlertDecoder decoder) {
        static Decoding of(ModelIdentity model, AlertScorerFactory scoring) {
            return new Decoding(model.planes(), model.grid(), scoring.input().newDecoder(model.planes(), model.grid()));
        }

        boolean serves(ModelIdentity model) {
            return planes.equals(model.planes()) && grid.equals(model.grid());
        }
    }

    private record Opened(ModelPair models, PollScorer scorer) {}

    HotSwapScorer(AlertScorerFactory scoring) {
        this.scoring = scoring;
        decoding = Decoding.of(scoring.model().identity(), scoring);
        opened = scoring.models().open(this::openAll);
    }

    private Opened openAll(ModelPair pair) {
        ModelIdentity live = pair.live().identity();
        if (!decoding.serves(live)) {
            decoding.decoder().close();
            decoding = Decoding.of(live, scoring);
        }
        AlertScorer scorer = new AlertScorer(
                decoding.decoder(),
                pair,
                scoring.models(),
                scoring::notifyListeners,
                scoring.metrics(),
                scoring.clock());
        return new Opened(pair, scoring.decorator().decorate(scorer, pair.live()));
    }

    @Override
    public List<Outcome> score(List<byte[]> values) {
        if (!opened.models().equals(scoring.models().current())) {
            Opened before = opened;
            opened = scoring.models().open(this::openAll);
            before.scorer().close();
        }
        return opened.scorer().score(values);
    }

    @Override
    public void close() {
        opened.scorer().close();
        decoding.decoder().close();
    }
}
