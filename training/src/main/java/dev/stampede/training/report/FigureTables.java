package dev.stampede.training.report;

import dev.stampede.training.evaluate.ClassicalBound;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.Figure;
import dev.stampede.training.evaluate.Figures;
import dev.stampede.training.evaluate.Interval;
import dev.stampede.training.evaluate.OperatingPoint;
import dev.stampede.training.evaluate.Stratum;
import dev.stampede.training.evaluate.StratumFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The tables of a report, as rows of text. */
final class FigureTables {
    private FigureTables() {}

    static List<List<String>> headline(Evaluation evaluation) {
        Figures figures = evaluation.figures();
        return List.of(
                List.of("Accuracy", Html.percent(figures.of(Figure.ACCURACY))),
                List.of("Area under the ROC curve", Html.plain(figures.of(Figure.ROC_AREA))),
                List.of("Average precision", Html.plain(figures.of(Figure.AVERAGE_PRECISION))),
                List.of("Sources missed where 1 % of the bogus pass", Html.percent(figures.of(Figure.MISSED_AT_1E2))),
                List.of("Sources missed where 0.1 % pass", Html.percent(figures.of(Figure.MISSED_AT_1E3))),
                List.of("Sources missed at the threshold", Html.percent(figures.of(Figure.MISSED_AT_THRESHOLD))),
                List.of("Bogus that pass the threshold", Html.percent(figures.of(Figure.FALSE_AT_THRESHOLD))),
                List.of("Expected calibration error", Html.percent(figures.of(Figure.CALIBRATION_ERROR))),
                List.of("The same without its temperature", Html.percent(evaluation.calibrationErrorBefore())));
    }

    static List<String> strataHeader(boolean real) {
        String wrong = real ? "missed" : "passing";
        return List.of(
                real ? "S/N" : "Kind",
                "Stamps",
                wrong + " at 1 %",
                wrong + " at 0.1 %",
                wrong + " at the threshold",
                "ROC area");
    }

    static List<List<String>> strata(Figures figures, boolean real) {
        return indices(figures, real)
                .mapToObj(i -> List.of(
                        figures.strata().get(i).name(),
                        count(figures.count(i)),
                        Html.percent(figures.of(i, StratumFigure.WRONG_AT_1E2)),
                        Html.percent(figures.of(i, StratumFigure.WRONG_AT_1E3)),
                        Html.percent(figures.of(i, StratumFigure.WRONG_AT_THRESHOLD)),
                        String.format(
                                Locale.ROOT,
                                "%.4f",
                                figures.of(i, StratumFigure.ROC_AREA).value())))
                .toList();
    }

    private static IntStream indices(Figures figures, boolean real) {
        List<Stratum> strata = figures.strata();
        return IntStream.range(0, strata.size()).filter(i -> strata.get(i).isReal() == real);
    }

    static String count(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static List<String> thresholdHeader() {
        List<String> header = new ArrayList<>(List.of("Threshold", "Bogus that pass", "Sources missed"));
        OperatingPoint.BALANCES.forEach(bogus -> header.add("Precision at 1:" + bogus));
        return header;
    }

    static List<List<String>> thresholds(Evaluation evaluation) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("in use: ", evaluation.atThreshold()));
        evaluation.thresholds().forEach(point -> rows.add(row("", point)));
        return rows;
    }

    private static List<String> row(String prefix, OperatingPoint point) {
        List<String> cells = new ArrayList<>(List.of(
                String.format(Locale.ROOT, "%s%.6f", prefix, point.probability()),
                Html.percent(point.falsePositives()),
                Html.percent(point.missedSources())));
        point.precision().forEach(precision -> cells.add(Html.percent(precision)));
        return cells;
    }

    static List<List<String>> bound(ClassicalBound bound) {
        List<List<String>> rows = new ArrayList<>();
        indices(bound.model(), true)
                .forEach(i -> rows.add(boundRow(
                        bound.model().strata().get(i).name(),
                        bound.model().count(i),
                        bound.model().of(i, StratumFigure.WRONG_AT_1E2),
                        bound.filter().of(i, StratumFigure.WRONG_AT_1E2))));
        rows.add(boundRow(
                "all",
                bound.sources(),
                bound.model().of(Figure.MISSED_AT_1E2),
                bound.filter().of(Figure.MISSED_AT_1E2)));
        return rows;
    }

    static List<List<String>> artefacts(ClassicalBound bound) {
        return bound.artefacts().stream()
                .map(rate -> List.of(
                        rate.kind(), count(rate.stamps()), Html.percent((double) rate.passed() / rate.stamps())))
                .toList();
    }

    private static List<String> boundRow(String name, int sources, Interval model, Interval filter) {
        String ratio = filter.value() > 0 ? String.format(Locale.ROOT, "%.2f", model.value() / filter.value()) : "";
        return List.of(name, count(sources), Html.percent(model), Html.percent(filter), ratio);
    }
}
