package dev.stampede.training.report;

import dev.stampede.stamps.picture.PngFile;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.stamps.table.InvalidTableException;
import dev.stampede.training.calibrate.OperatingPoint;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.evaluate.ConfusionMatrix;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.MatchedFilterComparison;
import dev.stampede.training.evaluate.MetricSet;
import dev.stampede.training.evaluate.ReliabilityCurve;
import dev.stampede.training.evaluate.Stratum;
import dev.stampede.training.evaluate.StratumMetric;
import dev.stampede.training.fit.TrainingFiles;
import dev.stampede.training.fit.TrainingHistory;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The charts of an evaluation. */
final class Charts {
    /** The lower limit of logarithmic axes of rates. */
    private static final double MIN_RATE = 1e-4;

    private static final List<Color> BALANCE_COLOURS = List.of(ChartStyle.REAL, ChartStyle.BOUND, ChartStyle.BOGUS);

    /** Larger log-odds are drawn in the outermost bins. */
    private static final double MAX_LOG_ODDS = 18;

    private static final int HISTOGRAM_BINS = 60;

    private static final Color LOW_SHARE = new Color(0xF2F6FA);
    private static final Color HIGH_SHARE = new Color(0x7FB2DC);
    private static final int CONFUSION_WIDTH = 380;
    private static final int CONFUSION_HEIGHT = 360;

    private Charts() {}

    /** The confusion matrix twice, next to each other: counts, and shares of each true class. */
    static void confusion(ConfusionMatrix confusion, Path file) throws IOException {
        HeatMapChart counts = heatMap("Counts", confusion, 1, 1);
        counts.getStyler().setHeatMapValueDecimalPattern("#,##0");
        HeatMapChart shares = heatMap("Shares of the true class", confusion, confusion.real(), confusion.bogus());
        shares.getStyler().setMin(0).setMax(1).setHeatMapValueDecimalPattern("0.00 %");
        BufferedImage image = new BufferedImage(2 * CONFUSION_WIDTH, CONFUSION_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.drawImage(BitmapEncoder.getBufferedImage(counts), 0, 0, null);
            graphics.drawImage(BitmapEncoder.getBufferedImage(shares), CONFUSION_WIDTH, 0, null);
        } finally {
            graphics.dispose();
        }
        PngFile.write(image, file);
    }

    private static HeatMapChart heatMap(String title, ConfusionMatrix confusion, double real, double bogus) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(CONFUSION_WIDTH)
                .height(CONFUSION_HEIGHT)
                .title(title)
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler()
                .setAxisTicksLineVisible(false)
                .setAxisTicksMarksVisible(false)
                .setPlotGridLinesVisible(false)
                .setLegendVisible(false);
        chart.getStyler()
                .setShowValue(true)
                .setValueFont(new Font(Font.SANS_SERIF, Font.BOLD, 19))
                .setRangeColors(new Color[] {LOW_SHARE, HIGH_SHARE});
        chart.addSeries(
                "confusion",
                List.of("called real", "called bogus"),
                List.of("bogus", "real"),
                List.of(
                        new Number[] {0, 0, confusion.bogusPassed() / bogus},
                        new Number[] {1, 0, confusion.bogusRejected() / bogus},
                        new Number[] {0, 1, confusion.realKept() / real},
                        new Number[] {1, 1, confusion.realMissed() / real}));
        return chart;
    }

    /** The history that the training of {@code model} left next to it; empty if it is absent or cannot be read. */
    static Optional<ChartStyle> training(Path model) {
        Path file = TrainingFiles.history(model);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            List<CsvTable.Row> rows = CsvTable.read(file).rows();
            List<Double> epochs = values(rows, row -> row.number(TrainingHistory.EPOCH));
            List<Double> training = values(rows, row -> row.number(TrainingHistory.TRAINING_LOSS));
            List<Double> validation = values(rows, row -> row.number(TrainingHistory.VALIDATION_LOSS));
            if (Stream.of(epochs, training, validation).flatMap(List::stream).anyMatch(value -> value.isNaN())) {
                return Optional.empty();
            }
            return Optional.of(new ChartStyle("Training", "Epoch", "Loss")
                    .legendAt(LegendPosition.InsideNE)
                    .dots("training set", epochs, training, ChartStyle.BOGUS)
                    .dots("validation set", epochs, validation, ChartStyle.REAL));
        } catch (InvalidTableException unreadable) {
            return Optional.empty();
        }
    }

    static ChartStyle roc(Evaluation evaluation) {
        List<OperatingPoint> points = evaluation.rocPoints().stream()
                .filter(point -> point.falsePositives() >= MIN_RATE)
                .toList();
        return new ChartStyle("ROC curve", "False-positive rate", "Share of the sources kept")
                .logarithmicAcross()
                .horizontal(MIN_RATE, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSE)
                .line("model", values(points, OperatingPoint::falsePositives), kept(points), ChartStyle.REAL)
                .dashes("random", rising(MIN_RATE), rising(MIN_RATE), ChartStyle.NEUTRAL)
                .dots(
                        "threshold",
                        List.of(Math.max(evaluation.atThreshold().falsePositives(), MIN_RATE)),
                        kept(List.of(evaluation.atThreshold())),
                        ChartStyle.BOGUS);
    }

    /** The diagonal on a logarithmic axis. */
    private static List<Double> rising(double from) {
        return IntStream.rangeClosed(0, 40)
                .mapToObj(i -> Math.pow(from, 1 - i / 40.0))
                .toList();
    }

    static ChartStyle precisionRecall(Evaluation evaluation) {
        ChartStyle chart = new ChartStyle("Precision and recall", "Share of the sources kept", "Precision")
                .horizontal(0, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSW);
        List<OperatingPoint> points = evaluation.rocPoints();
        for (int i = 0; i < OperatingPoint.BALANCES.size(); i++) {
            int balance = i;
            chart.line(
                    "1 real to " + OperatingPoint.BALANCES.get(i) + " bogus",
                    kept(points),
                    values(points, point -> point.precision().get(balance)),
                    BALANCE_COLOURS.get(i));
        }
        return chart;
    }

    private static List<Double> kept(List<OperatingPoint> points) {
        return values(points, point -> 1 - point.missedSources());
    }

    private static <T> List<Double> values(List<T> things, ToDoubleFunction<T> value) {
        return things.stream().map(value::applyAsDouble).toList();
    }

    static ChartStyle reliability(Evaluation evaluation) {
        return new ChartStyle("Reliability", "Mean probability of a bin", "Share of real stamps")
                .horizontal(0, 1)
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideNW)
                .dashes("perfect", List.of(0.0, 1.0), List.of(0.0, 1.0), ChartStyle.NEUTRAL)
                .dots(
                        "without temperature",
                        values(evaluation.reliability(false), ReliabilityCurve.Bin::probability),
                        values(evaluation.reliability(false), ReliabilityCurve.Bin::realShare),
                        ChartStyle.BOGUS)
                .dots(
                        "with temperature",
                        values(evaluation.reliability(true), ReliabilityCurve.Bin::probability),
                        values(evaluation.reliability(true), ReliabilityCurve.Bin::realShare),
                        ChartStyle.REAL);
    }

    static ChartStyle scores(Evaluation evaluation) {
        Predictions predictions = evaluation.scored().predictions();
        ChartStyle chart = new ChartStyle("Scores", "Log-odds of being real, ln(P / (1 - P))", "Stamps in a bin")
                .logarithmicUp()
                .horizontal(-MAX_LOG_ODDS, MAX_LOG_ODDS)
                .legendAt(LegendPosition.InsideNE);
        double highest = 1;
        for (boolean real : new boolean[] {false, true}) {
            double[] counts = histogram(predictions, real);
            highest = Math.max(highest, Arrays.stream(counts).max().orElse(1));
            steps(chart, real ? "real" : "bogus", counts, real ? ChartStyle.REAL : ChartStyle.BOGUS);
        }
        double top = Math.pow(10, Math.ceil(Math.log10(2 * highest)));
        chart.vertical(0.5, top);
        double shown = Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, evaluation.thresholdLogOdds()));
        return chart.dashes("threshold", List.of(shown, shown), List.of(0.5, top), ChartStyle.NEUTRAL);
    }

    private static double[] histogram(Predictions predictions, boolean real) {
        double[] counts = new double[HISTOGRAM_BINS];
        for (int i = 0; i < predictions.size(); i++) {
            if (predictions.isReal(i) == real) {
                double place = (predictions.logOdds(i) / MAX_LOG_ODDS + 1) / 2 * HISTOGRAM_BINS;
                counts[(int) Math.max(0, Math.min(HISTOGRAM_BINS - 1, place))]++;
            }
        }
        return counts;
    }

    /** A logarithmic axis has no zero: an empty bin is drawn at one half, on the axis. */
    private static void steps(ChartStyle chart, String name, double[] counts, Color colour) {
        List<Double> across = new ArrayList<>();
        List<Double> up = new ArrayList<>();
        for (int bin = 0; bin < counts.length; bin++) {
            double left = (2.0 * bin / counts.length - 1) * MAX_LOG_ODDS;
            across.addAll(List.of(left, left + 2 * MAX_LOG_ODDS / counts.length));
            up.addAll(Collections.nCopies(2, Math.max(counts[bin], 0.5)));
        }
        chart.line(name, across, up, colour);
    }

    /** Completeness by S/N; with the comparison with the matched filter if there is one. */
    static ChartStyle completeness(Evaluation evaluation) {
        ChartStyle chart = new ChartStyle("Completeness", "S/N of the source", "Share of the sources kept")
                .logarithmicAcross()
                .vertical(0, 1)
                .legendAt(LegendPosition.InsideSE);
        List<Double> across = brightness(evaluation.metrics());
        if (!across.isEmpty()) {
            chart.horizontal(Math.min(3, Collections.min(across)), Math.max(100, Collections.max(across)));
        }
        if (evaluation.matchedFilter().isPresent()) {
            MatchedFilterComparison comparison = evaluation.matchedFilter().get();
            chart.dashes(
                    "matched filter, 1 % of noise peaks pass",
                    brightness(comparison.filter()), completeness(comparison.filter()), ChartStyle.BOUND);
            chart.dots(
                    "model, 1 % of noise peaks pass",
                    brightness(comparison.model()), completeness(comparison.model()), ChartStyle.REAL);
        }
        return chart.dots(
                "model, 1 % of all bogus stamps pass", across, completeness(evaluation.metrics()), ChartStyle.BOGUS);
    }

    /** The geometric means of the ranges; an open end counts as twice the other end, or half of it. */
    private static List<Double> brightness(MetricSet metrics) {
        return ranges(metrics)
                .mapToObj(metrics.strata()::get)
                .map(Charts::middle)
                .toList();
    }

    private static double middle(Stratum range) {
        double low = range.signalToNoiseLow() > 0 ? range.signalToNoiseLow() : 3;
        double high = Double.isInfinite(range.signalToNoiseHigh()) ? 2 * low : range.signalToNoiseHigh();
        return Math.sqrt(low * high);
    }

    private static List<Double> completeness(MetricSet metrics) {
        return ranges(metrics)
                .mapToObj(i -> 1 - metrics.of(i, StratumMetric.WRONG_AT_1E2).value())
                .toList();
    }

    private static IntStream ranges(MetricSet metrics) {
        return IntStream.range(0, metrics.strata().size())
                .filter(i -> !Double.isNaN(metrics.strata().get(i).signalToNoiseHigh()));
    }
}
