package dev.stampede.streaming.scoring;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.AlertRecord;
import java.util.List;

/**
 * Scores each poll with the models that are active when it begins, from the first value to the last, and changes models
 * between polls. One instance per thread.
 */
final class HotSwapScorer implements PollScorer {
    private final AlertScorerFactory scoring;
    private Decoding decoding;
    private Opened opened;

    /** The decoder and what it was made for: most models share one, with the schemas that it has cached. */
    private record Decoding(ModelContract.Input input, Domain domain, Padding padding, AlertDecoder decoder) {
        static Decoding of(ModelIdentity model, AlertScorerFactory scoring) {
            return new Decoding(
                    model.input(),
                    model.domain(),
                    model.padding(),
                    scoring.input().newDecoder(model.input(), model.domain(), model.padding()));
        }

        boolean serves(ModelIdentity model) {
            return input.equals(model.input()) && domain.equals(model.domain()) && padding.equals(model.padding());
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
    public List<Outcome> scoreRecords(List<AlertRecord> records) {
        if (!opened.models().equals(scoring.models().current())) {
            Opened before = opened;
            opened = scoring.models().open(this::openAll);
            before.scorer().close();
        }
        return opened.scorer().scoreRecords(records);
    }

    @Override
    public void close() {
        opened.scorer().close();
    }
}
