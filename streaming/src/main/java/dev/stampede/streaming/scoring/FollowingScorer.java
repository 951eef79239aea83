package dev.stampede.streaming.scoring;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.PixelGrid;
import java.util.List;
import java.util.Optional;

/**
 * Scores each poll with the models that hold as it begins, from the first value to the last; between two polls it takes
 * to others. One instance a thread.
 */
final class FollowingScorer implements PollScorer {
    private final Scoring scoring;
    private Decoding decoding;
    private Opened opened;

    /** What the decoder was made for: most models share it, and with it the schemas that it has met. */
    private record Decoding(List<CoaddKind> channels, Optional<PixelGrid> grid, AlertDecoder decoder) {
        boolean serves(ModelIdentity model) {
            return channels.equals(model.channels()) && grid.equals(model.grid());
        }
    }

    private record Opened(Models models, PollScorer scorer) {}

    FollowingScorer(Scoring scoring) {
        this.scoring = scoring;
        decoding = decodingFor(scoring.models().now().live().identity(), scoring);
        opened = scoring.models().open(this::openAll);
    }

    private static Decoding decodingFor(ModelIdentity model, Scoring scoring) {
        return new Decoding(model.channels(), model.grid(), scoring.input().newDecoder(model.channels(), model.grid()));
    }

    private Opened openAll(Models models) {
        ModelIdentity live = models.live().identity();
        if (!decoding.serves(live)) {
            decoding.decoder().close();
            decoding = decodingFor(live, scoring);
        }
        PollScorer judging = new AlertScorer(decoding.decoder(), models, scoring);
        return new Opened(
                models,
                scoring.explaining()
                        .filter(explaining -> !explaining.settings().explainsLater())
                        .<PollScorer>map(explaining -> new InlineExplaining(judging, explaining, models.live()))
                        .orElse(judging));
    }

    @Override
    public List<Outcome> score(List<byte[]> values) {
        if (!opened.models().equals(scoring.models().now())) {
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
