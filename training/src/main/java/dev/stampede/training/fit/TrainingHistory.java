package dev.stampede.training.fit;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.picture.PngFile;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** The epochs of a fit as a table with one row per epoch, and as a chart. */
public final class TrainingHistory {
    /** The column of the number of the epoch. */
    public static final String EPOCH = "epoch";

    /** The column of the loss on the training set. */
    public static final String TRAINING_LOSS = "fitting_loss";

    /** The column of the loss on the validation set. */
    public static final String VALIDATION_LOSS = "validation_loss";

    private static final List<String> COLUMNS =
            List.of(EPOCH, TRAINING_LOSS, VALIDATION_LOSS, "validation_accuracy", "stamps_per_second");

    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;

    private TrainingHistory() {}

    /** Writes the table to {@code file}. */
    public static void write(List<Epoch> epochs, Path file) throws IOException {
        AtomicFile.write(file, out -> {
            try (CsvWriter table = CsvWriter.to(new OutputStreamWriter(out, StandardCharsets.UTF_8), COLUMNS)) {
                for (Epoch epoch : epochs) {
                    table.row(
                            epoch.number(),
                            decimals(6, epoch.fittingLoss()),
                            decimals(6, epoch.validationLoss()),
                            decimals(6, epoch.validationAccuracy()),
                            decimals(1, epoch.stampsPerSecond()));
                }
            }
        });
    }

    private static String decimals(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }

    /** Draws the losses and the accuracy by epoch as a PNG. */
    public static void draw(List<Epoch> epochs, Path file) throws IOException {
        PngFile.write(BitmapEncoder.getBufferedImage(chart(epochs)), file);
    }

    static XYChart chart(List<Epoch> epochs) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Training history")
                .xAxisTitle("epoch")
                .yAxisTitle("log loss, nats")
                .build();
        double[] numbers = epochs.stream().mapToDouble(Epoch::number).toArray();
        add(chart, "training loss", numbers, epochs, Epoch::fittingLoss);
        add(chart, "validation loss", numbers, epochs, Epoch::validationLoss);
        add(chart, "validation accuracy (right axis)", numbers, epochs, Epoch::validationAccuracy)
                .setYAxisGroup(1);
        chart.setYAxisGroupTitle(1, "accuracy");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        return chart;
    }

    private static XYSeries add(
            XYChart chart, String name, double[] numbers, List<Epoch> epochs, ToDoubleFunction<Epoch> value) {
        return chart.addSeries(name, numbers, epochs.stream().mapToDouble(value).toArray());
    }
}
