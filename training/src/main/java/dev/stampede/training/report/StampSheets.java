package dev.stampede.training.report;

import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.ExplanationSheet;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.JudgedStamps;
import dev.stampede.training.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Pages of stamps: some of each class, and those on which the model is most wrong. */
final class StampSheets {
    private static final int COLUMNS = 10;
    private static final int ZOOM = 5;
    private static final int SHOWN = 40;
    private static final int WORST = 20;
    private static final int EXPLAINED = 6;

    private StampSheets() {}

    /** Stamps of one class by chance, the same for the same seed, framed as the model judges them. */
    static ContactSheet ofClass(Evaluation evaluation, boolean real, long seed) {
        List<Integer> members = members(evaluation.judged().predictions(), real);
        Collections.shuffle(members, new Random(seed));
        return sheet(evaluation, members.subList(0, Math.min(SHOWN, members.size())));
    }

    /** The faultiest judgements of one class: the sources that score lowest, or the bogus stamps that score highest. */
    static List<Integer> worst(Evaluation evaluation, boolean real) {
        Predictions predictions = evaluation.judged().predictions();
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
        JudgedStamps judged = evaluation.judged();
        ContactSheet sheet = new ContactSheet("", COLUMNS, ZOOM, ColourMap.CUBEHELIX);
        for (int member : members) {
            sheet.add(
                    judged.source().stamp(judged.stampIndex(member)),
                    caption(judged, member),
                    evaluation.isCalledReal(member) ? Canvas.REAL : Canvas.BOGUS);
        }
        return sheet;
    }

    /** The first of {@code members} with their occlusion maps: which pixels led to the verdict. */
    static ExplanationSheet explained(Evaluation evaluation, List<Integer> members, Explainer explainer, int size) {
        JudgedStamps judged = evaluation.judged();
        List<Stamp> stamps = members.stream()
                .limit(EXPLAINED)
                .map(member -> judged.source().stamp(judged.stampIndex(member)))
                .toList();
        List<Explanation> explanations = explainer.explain(stamps);
        ExplanationSheet sheet = new ExplanationSheet(size, OcclusionSettings.Definition.DROP);
        for (int i = 0; i < stamps.size(); i++) {
            sheet.add(stamps.get(i), explanations.get(i), name(judged, members.get(i)));
        }
        return sheet;
    }

    private static String caption(JudgedStamps judged, int member) {
        return String.format(Locale.ROOT, "%.2f %s", judged.predictions().probability(member, 1), name(judged, member));
    }

    /** Of a source its S/N, of a bogus stamp its kind, where known; else its number in the data. */
    private static String name(JudgedStamps judged, int member) {
        LabelledStamps stamps = judged.source();
        int index = judged.stampIndex(member);
        double signalToNoise = stamps.signalToNoise(index);
        if (stamps.isReal(index) && !Double.isNaN(signalToNoise)) {
            return String.format(Locale.ROOT, "S/N %.1f", signalToNoise);
        }
        boolean isKnown = !stamps.isReal(index) && !stamps.kind(index).isEmpty();
        return isKnown ? stamps.kind(index).replace('_', ' ') : "stamp " + index;
    }
}
