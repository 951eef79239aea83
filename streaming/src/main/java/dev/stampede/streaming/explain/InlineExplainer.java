package dev.stampede.streaming.explain;

import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.StampExplainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds the maps to the verdicts of a poll, before they are published. One instance per thread. */
final class InlineExplainer implements PollScorer {
    private final PollScorer scorer;
    private final StampExplainerFactory explainers;
    private final StampExplainer explainer;

    /** @param model the model that {@code scorer} scores with */
    InlineExplainer(PollScorer scorer, StampExplainerFactory explainers, ModelHandle model) {
        this.scorer = scorer;
        this.explainers = explainers;
        explainer = model.newExplainer(explainers.settings().occlusion());
    }

    @Override
    public List<Outcome> scoreRecords(List<AlertRecord> alerts) {
        List<Outcome> records = scorer.scoreRecords(alerts);
        List<Outcome> outcomes = new ArrayList<>(Outcome.flat(records));
        List<Integer> places = new ArrayList<>();
        List<Stamp> stamps = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int place = 0; place < outcomes.size(); place++) {
            if (outcomes.get(place) instanceof Outcome.Classified classified && explainers.admits(classified)) {
                places.add(place);
                stamps.add(classified.alert().stamp().orElseThrow());
                verdicts.add(classified.prediction().verdict());
            }
        }
        if (!places.isEmpty()) {
            List<Optional<OcclusionResult>> maps = explainers.explain(explainer, stamps, verdicts);
            for (int i = 0; i < maps.size(); i++) {
                Outcome.Classified classified = (Outcome.Classified) outcomes.get(places.get(i));
                outcomes.set(places.get(i), classified.withMap(maps.get(i)));
            }
        }
        return Outcome.grouped(
                outcomes, records.stream().map(record -> record.parts().size()).toList());
    }

    @Override
    public void close() {
        explainer.close();
        scorer.close();
    }
}
