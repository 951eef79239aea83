package dev.stampede.training.report;

import dev.stampede.training.evaluate.ClassicalBound;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.Figures;
import dev.stampede.training.evaluate.OperatingPoint;
import dev.stampede.training.evaluate.Predictions;
import dev.stampede.training.evaluate.Reliability;
import dev.stampede.training.evaluate.Stratum;
import dev.stampede.training.evaluate.StratumFigure;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The charts of an evaluation. */
final class Charts {
    /** Logarithmic axes begin where a rate is one stamp in ten thousand. */
    private static final double LEAST_RATE = 1e-4;

    private static final List<Color> BALANCE_COLOURS = List.of(Canvas.REAL, Canvas.BOUND, Canvas.BOGUS);

    /** Log-odds beyond these are drawn in the outermost bins. */
    private static final double MOST_LOG_ODDS = 18;

    private static final int HISTOGRAM_BINS = 60;

    private Charts() {}

    static Canvas roc(Evaluation evaluation) {
        List<OperatingPoint> points = evaluation.traced().stream()
                .filter(point -> point.falsePositives() >= LEAST_RATE)
                .toList();
        return new Canvas("ROC curve", "False-positive rate", "Share of the sources kept")
                .logarithmicAcross()
                .horizontal(LEAST_RATE, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSE)
                .line("model", values(points, OperatingPoint::falsePositives), kept(points), Canvas.REAL)
                .dashes("guessing", rising(LEAST_RATE), rising(LEAST_RATE), Canvas.NEUTRAL)
                .dots(
                        "its threshold",
                        List.of(Math.max(evaluation.atThreshold().falsePositives(), LEAST_RATE)),
                        kept(List.of(evaluation.atThreshold())),
                        Canvas.BOGUS);
    }

    /** The diagonal of a logarithmic axis. */
    private static List<Double> rising(double from) {
        return IntStream.rangeClosed(0, 40)
                .mapToObj(i -> Math.pow(from, 1 - i / 40.0))
                .toList();
    }

    static Canvas precisionRecall(Evaluation evaluation) {
        Canvas canvas = new Canvas(
                        "Precision and recall", "Share of the sources kept", "Share of what passes that is real")
                .horizontal(0, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSW);
        List<OperatingPoint> points = evaluation.traced();
        for (int i = 0; i < OperatingPoint.BALANCES.size(); i++) {
            int balance = i;
            canvas.line(
                    "1 real to " + OperatingPoint.BALANCES.get(i) + " bogus",
                    kept(points),
                    values(points, point -> point.precision().get(balance)),
                    BALANCE_COLOURS.get(i));
        }
        return canvas;
    }

    private static List<Double> kept(List<OperatingPoint> points) {
        return values(points, point -> 1 - point.missedSources());
    }

    private static <T> List<Double> values(List<T> things, ToDoubleFunction<T> value) {
        return things.stream().map(value::applyAsDouble).toList();
    }

    static Canvas reliability(Evaluation evaluation) {
        return new Canvas("Reliability", "Mean probability of a bin", "Share that is real")
                .horizontal(0, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideNW)
                .dashes("perfect", List.of(0.0, 1.0), List.of(0.0, 1.0), Canvas.NEUTRAL)
                .dots(
                        "before temperature",
                        values(evaluation.reliability(false), Reliability.Bin::probability),
                        values(evaluation.reliability(false), Reliability.Bin::realShare),
                        Canvas.BOGUS)
                .dots(
                        "as the model answers",
                        values(evaluation.reliability(true), Reliability.Bin::probability),
                        values(evaluation.reliability(true), Reliability.Bin::realShare),
                        Canvas.REAL);
    }

    static Canvas scores(Evaluation evaluation) {
        Predictions predictions = evaluation.judged().predictions();
        Canvas canvas = new Canvas("Scores", "Log-odds of being real, ln(P / (1 - P))", "Stamps in a bin")
                .logarithmicUp()
                .horizontal(-MOST_LOG_ODDS, MOST_LOG_ODDS)
                .legendAt(LegendPosition.InsideNE);
        double highest = 1;
        for (boolean real : new boolean[] {false, true}) {
            double[] counts = histogram(predictions, real);
            highest = Math.max(highest, Arrays.stream(counts).max().orElse(1));
            steps(canvas, real ? "real" : "bogus", counts, real ? Canvas.REAL : Canvas.BOGUS);
        }
        double top = Math.pow(10, Math.ceil(Math.log10(2 * highest)));
        canvas.vertical(0.5, top);
        double shown = Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, evaluation.thresholdLogOdds()));
        return canvas.dashes("threshold", List.of(shown, shown), List.of(0.5, top), Canvas.NEUTRAL);
    }

    private static double[] histogram(Predictions predictions, boolean real) {
        double[] counts = new double[HISTOGRAM_BINS];
        for (int i = 0; i < predictions.size(); i++) {
            if (predictions.isReal(i) == real) {
                double place = (predictions.logOdds(i) / MOST_LOG_ODDS + 1) / 2 * HISTOGRAM_BINS;
                counts[(int) Math.max(0, Math.min(HISTOGRAM_BINS - 1, place))]++;
            }
        }
        return counts;
    }

    /** A logarithm has no zero: an empty bin lies on the axis, at one half. */
    private static void steps(Canvas canvas, String name, double[] counts, Color colour) {
        List<Double> across = new ArrayList<>();
        List<Double> up = new ArrayList<>();
        for (int bin = 0; bin < counts.length; bin++) {
            double left = (2.0 * bin / counts.length - 1) * MOST_LOG_ODDS;
            across.addAll(List.of(left, left + 2 * MOST_LOG_ODDS / counts.length));
            up.addAll(Collections.nCopies(2, Math.max(counts[bin], 0.5)));
        }
        canvas.line(name, across, up, colour);
    }

    /** Against noise peaks beside the matched filter where that is known, else against all bogus stamps. */
    static Canvas completeness(Evaluation evaluation) {
        Canvas canvas = new Canvas("Completeness", "S/N of the source", "Share of the sources kept")
                .logarithmicAcross()
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSE);
        List<Double> across = brightness(evaluation.figures());
        if (!across.isEmpty()) {
            canvas.horizontal(Math.min(3, Collections.min(across)), Math.max(100, Collections.max(across)));
        }
        if (evaluation.bound().isPresent()) {
            ClassicalBound bound = evaluation.bound().get();
            canvas.dashes(
                    "matched filter, 1 % of noise peaks pass",
                    brightness(bound.filter()), completeness(bound.filter()), Canvas.BOUND);
            canvas.dots(
                    "model, 1 % of noise peaks pass",
                    brightness(bound.model()), completeness(bound.model()), Canvas.REAL);
        }
        return canvas.dots(
                "model, 1 % of all bogus stamps pass", across, completeness(evaluation.figures()), Canvas.BOGUS);
    }

    /** The middles of the ranges, by ratio; an open end counts as twice the other one, or half of it. */
    private static List<Double> brightness(Figures figures) {
        return ranges(figures)
                .mapToObj(figures.strata()::get)
                .map(Charts::middle)
                .toList();
    }

    private static double middle(Stratum range) {
        double low = range.signalToNoiseLow() > 0 ? range.signalToNoiseLow() : 3;
        double high = Double.isInfinite(range.signalToNoiseHigh()) ? 2 * low : range.signalToNoiseHigh();
        return Math.sqrt(low * high);
    }

    private static List<Double> completeness(Figures figures) {
        return ranges(figures)
                .mapToObj(i -> 1 - figures.of(i, StratumFigure.WRONG_AT_1E2).value())
                .toList();
    }

    private static IntStream ranges(Figures figures) {
        return IntStream.range(0, figures.strata().size())
                .filter(i -> !Double.isNaN(figures.strata().get(i).signalToNoiseHigh()));
    }
}
