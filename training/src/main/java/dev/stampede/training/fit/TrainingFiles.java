package dev.stampede.training.fit;

import java.nio.file.Path;

/** The files next to a model file: {@code vgg6.onnx} has {@code vgg6.history.csv}. */
public final class TrainingFiles {
    private static final String MODEL_SUFFIX = ".onnx";

    private TrainingFiles() {}

    /** The history of the training as a table. */
    public static Path history(Path model) {
        return sibling(model, ".history.csv");
    }

    /** The history of the training as a chart. */
    public static Path historyChart(Path model) {
        return sibling(model, ".history.png");
    }

    /** The checkpoint of a training that has not finished. */
    public static Path checkpoint(Path model) {
        return sibling(model, ".checkpoint");
    }

    /** The export of the labels that a model was retrained on. */
    public static Path labelExport(Path model) {
        return sibling(model, ".archive");
    }

    private static Path sibling(Path model, String suffix) {
        String name = model.toAbsolutePath().getFileName().toString();
        String stem = name.endsWith(MODEL_SUFFIX) ? name.substring(0, name.length() - MODEL_SUFFIX.length()) : name;
        return model.resolveSibling(stem + suffix);
    }
}
