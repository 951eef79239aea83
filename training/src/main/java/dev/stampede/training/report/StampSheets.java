package dev.stampede.training.report;

import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.ExplanationSheet;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.ScoredStamps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Contact sheets: random stamps of each class, and the worst mistakes. */
final class StampSheets {
    private static final int COLUMNS = 10;
    private static final int ZOOM = 5;
    private static final int SHOWN = 40;
    private static final int WORST = 20;
    private static final int EXPLAINED = 6;

    private StampSheets() {}

    /** Random stamps of one class, the same for the same seed, framed by the verdict of the model. */
    static ContactSheet ofClass(Evaluation evaluation, boolean real, long seed) {
        List<Integer> members = members(evaluation.scored().predictions(), real);
        Collections.shuffle(members, new Random(seed));
        return sheet(evaluation, members.subList(0, Math.min(SHOWN, members.size())));
    }

    /** The worst mistakes on one class: the sources with the lowest or the bogus stamps with the highest scores. */
    static List<Integer> worst(Evaluation evaluation, boolean real) {
        Predictions predictions = evaluation.scored().predictions();
        Comparator<Integer> byScore = Comparator.comparingDouble(predictions::logOdds);
        return members(predictions, real).stream()
                .filter(i -> evaluation.isCalledReal(i) != real)
                .sorted(real ? byScore : byScore.reversed())
                .limit(WORST)
                .toList();
    }

    private static List<Integer> members(Predictions predictions, boolean real) {
        return new ArrayList<>(IntStream.range(0, predictions.size())
                .filter(i -> predictions.isReal(i) == real)
                .boxed()
                .toList());
    }

    static ContactSheet sheet(Evaluation evaluation, List<Integer> members) {
        ScoredStamps scored = evaluation.scored();
        ContactSheet sheet = new ContactSheet("", COLUMNS, ZOOM, ColourMap.CUBEHELIX);
        for (int member : members) {
            sheet.add(
                    scored.source().stamp(scored.stampIndex(member)),
                    caption(scored, member),
                    evaluation.isCalledReal(member) ? ChartStyle.REAL : ChartStyle.BOGUS);
        }
        return sheet;
    }

    /** The first of {@code members} with their occlusion maps. */
    static ExplanationSheet explained(Evaluation evaluation, List<Integer> members, Explainer explainer, int size) {
        ScoredStamps scored = evaluation.scored();
        List<Stamp> stamps = members.stream()
                .limit(EXPLAINED)
                .map(member -> scored.source().stamp(scored.stampIndex(member)))
                .toList();
        List<Explanation> explanations = explainer.explain(stamps);
        ExplanationSheet sheet = new ExplanationSheet(size, OcclusionSettings.Definition.DROP);
        for (int i = 0; i < stamps.size(); i++) {
            sheet.add(stamps.get(i), explanations.get(i), name(scored, members.get(i)));
        }
        return sheet;
    }

    private static String caption(ScoredStamps scored, int member) {
        return String.format(Locale.ROOT, "%.2f %s", scored.predictions().probability(member, 1), name(scored, member));
    }

    /** The S/N of a source or the kind of a bogus stamp if known, else its index in the data. */
    private static String name(ScoredStamps scored, int member) {
        LabelledStamps stamps = scored.source();
        int index = scored.stampIndex(member);
        double signalToNoise = stamps.signalToNoise(index);
        if (stamps.isReal(index) && !Double.isNaN(signalToNoise)) {
            return String.format(Locale.ROOT, "S/N %.1f", signalToNoise);
        }
        boolean isKnown = !stamps.isReal(index) && !stamps.kind(index).isEmpty();
        return isKnown ? stamps.kind(index).replace('_', ' ') : "stamp " + index;
    }
}
