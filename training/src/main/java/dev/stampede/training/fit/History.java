package dev.stampede.training.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** The epochs of a fit as a table, one row each, and as a picture. Files are whole or not there at all. */
public final class History {
    private static final String HEADER = "epoch,fitting_loss,validation_loss,validation_accuracy,stamps_per_second";

    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;

    private History() {}

    /** Writes the table to {@code file}. */
    public static void write(List<Epoch> epochs, Path file) throws IOException {
        String table = Stream.concat(Stream.of(HEADER), epochs.stream().map(History::row))
                .collect(Collectors.joining("\n", "", "\n"));
        WholeFile.write(file, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
    }

    /** Draws the losses and the accuracy by epoch as a PNG picture. */
    public static void draw(List<Epoch> epochs, Path file) throws IOException {
        WholeFile.write(file, out -> ChartEncoder.saveChart(chart(epochs), out, "png"));
    }

    private static XYChart chart(List<Epoch> epochs) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Training history")
                .xAxisTitle("epoch")
                .yAxisTitle("log loss, nats")
                .build();
        double[] numbers = epochs.stream().mapToDouble(Epoch::number).toArray();
        add(chart, "loss while fitted", numbers, epochs, Epoch::fittingLoss);
        add(chart, "validation loss", numbers, epochs, Epoch::validationLoss);
        add(chart, "validation accuracy (right)", numbers, epochs, Epoch::validationAccuracy)
                .setYAxisGroup(1);
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        return chart;
    }

    private static XYSeries add(
            XYChart chart, String name, double[] numbers, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
        return chart.addSeries(name, numbers, epochs.stream().mapToDouble(value).toArray());
    }

    private static String row(Epoch epoch) {
        return String.format(
                Locale.ROOT,
                "%d,%.6f,%.6f,%.6f,%.1f",
                epoch.number(),
                epoch.fittingLoss(),
                epoch.validationLoss(),
                epoch.validationAccuracy(),
                epoch.stampsPerSecond());
    }
}
