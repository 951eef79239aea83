package dev.stampede.training.report;

import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
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

    /** Probability and, of a source its S/N, of a bogus stamp its kind, where known. */
    private static String caption(JudgedStamps judged, int member) {
        LabelledStamps stamps = judged.source();
        int index = judged.stampIndex(member);
        double signalToNoise = stamps.signalToNoise(index);
        String known = stamps.isReal(index)
                ? Double.isNaN(signalToNoise) ? "" : String.format(Locale.ROOT, " S/N %.1f", signalToNoise)
                : " " + stamps.kind(index).replace('_', ' ');
        return String.format(Locale.ROOT, "%.2f%s", judged.predictions().probability(member, 1), known);
    }
}
