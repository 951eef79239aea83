package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds their maps to the verdicts of a poll, before they go out. One instance a thread. */
final class InlineExplaining implements PollScorer {
    private final PollScorer judging;
    private final Explaining explaining;
    private final StampExplainer explainer;

    /** @param model the one that judges */
    InlineExplaining(PollScorer judging, Explaining explaining, ScoringModel model) {
        this.judging = judging;
        this.explaining = explaining;
        explainer = model.newExplainer(explaining.settings().occlusion());
    }

    @Override
    public List<Outcome> score(List<byte[]> values) {
        List<Outcome> outcomes = new ArrayList<>(judging.score(values));
        List<Integer> places = new ArrayList<>();
        List<Stamp> stamps = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int place = 0; place < outcomes.size(); place++) {
            if (outcomes.get(place) instanceof Outcome.Judged judged && explaining.admits(judged)) {
                places.add(place);
                stamps.add(judged.alert().stamp().orElseThrow());
                verdicts.add(judged.judgement().verdict());
            }
        }
        if (!places.isEmpty()) {
            List<Optional<OcclusionMap>> maps = explaining.explain(explainer, stamps, verdicts);
            for (int i = 0; i < maps.size(); i++) {
                Outcome.Judged judged = (Outcome.Judged) outcomes.get(places.get(i));
                outcomes.set(places.get(i), judged.explainedBy(maps.get(i)));
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        explainer.close();
        judging.close();
    }
}
