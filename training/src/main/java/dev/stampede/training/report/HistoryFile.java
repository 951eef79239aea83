package dev.stampede.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The table of epochs that training leaves beside a model file, as a chart. */
final class HistoryFile {
    private HistoryFile() {}

    /** The chart of the history of {@code model}; empty where there is none, or none that can be read. */
    static Optional<Canvas> chartBeside(Path model) {
        Path file = model.resolveSibling(
                model.toAbsolutePath().getFileName().toString().replaceFirst("\\.onnx$", "") + ".history.csv");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(new Canvas("Training", "Epoch", "Loss")
                    .legendAt(LegendPosition.InsideNE)
                    .dots("stamps fitted", column(lines, "epoch"), column(lines, "fitting_loss"), Canvas.BOGUS)
                    .dots("validation stamps", column(lines, "epoch"), column(lines, "validation_loss"), Canvas.REAL));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static List<Double> column(List<String> lines, String name) {
        int column = List.of(lines.get(0).split(",", -1)).indexOf(name);
        List<Double> values = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            values.add(Double.valueOf(line.split(",", -1)[column]));
        }
        return values;
    }
}
