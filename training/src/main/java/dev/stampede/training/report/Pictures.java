package dev.stampede.training.report;

import dev.stampede.stamps.explain.Explainer;
import dev.stampede.training.evaluate.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the pictures of a report.
 *
 * @param training the history of the training; empty where it is not beside the model
 * @param mistakes sources missed and bogus stamps let through
 */
record Pictures(
        Path confusion,
        Path roc,
        Path precisionRecall,
        Path reliability,
        Path scores,
        Path completeness,
        Optional<Path> training,
        Path realStamps,
        Path bogusStamps,
        List<Mistakes> mistakes) {
    /**
     * The worst mistakes on one class.
     *
     * @param file the stamps
     * @param explained the worst of them with their occlusion maps
     * @param count how many are shown; the files do not exist where there is none
     */
    record Mistakes(Path file, Path explained, String words, int count) {}

    Pictures {
        mistakes = List.copyOf(mistakes);
    }

    /** Draws all into {@code folder}, over files of the same names. */
    static Pictures draw(Subject subject, Evaluation evaluation, Explainer explainer, Path folder) throws IOException {
        Path confusion = folder.resolve("confusion.png");
        ConfusionPicture.write(evaluation.confusion(), confusion);
        Optional<Path> training = Optional.empty();
        Optional<Canvas> history = HistoryFile.chartBeside(subject.model());
        if (history.isPresent()) {
            training = Optional.of(written(history.get(), folder.resolve("training.png")));
        }
        return new Pictures(
                confusion,
                written(Charts.roc(evaluation), folder.resolve("roc.png")),
                written(Charts.precisionRecall(evaluation), folder.resolve("precision-recall.png")),
                written(Charts.reliability(evaluation), folder.resolve("reliability.png")),
                written(Charts.scores(evaluation), folder.resolve("scores.png")),
                written(Charts.completeness(evaluation), folder.resolve("completeness.png")),
                training,
                sample(subject, evaluation, true, folder.resolve("stamps-real.png")),
                sample(subject, evaluation, false, folder.resolve("stamps-bogus.png")),
                List.of(
                        mistakes(subject, evaluation, true, explainer, folder.resolve("worst-missed.png")),
                        mistakes(subject, evaluation, false, explainer, folder.resolve("worst-passed.png"))));
    }

    private static Path written(Canvas canvas, Path file) throws IOException {
        canvas.write(file);
        return file;
    }

    private static Path sample(Subject subject, Evaluation evaluation, boolean real, Path file) throws IOException {
        StampSheets.ofClass(evaluation, real, subject.seed()).write(file);
        return file;
    }

    private static Mistakes mistakes(
            Subject subject, Evaluation evaluation, boolean real, Explainer explainer, Path file) throws IOException {
        Path explained = file.resolveSibling(file.getFileName().toString().replace(".png", "-explained.png"));
        List<Integer> worst = StampSheets.worst(evaluation, real);
        if (worst.isEmpty()) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(explained);
        } else {
            StampSheets.sheet(evaluation, worst).write(file);
            StampSheets.explained(
                            evaluation, worst, explainer, subject.contract().stampSize())
                    .write(explained);
        }
        String words = real ? "Sources missed, least probable first" : "Bogus let through, most probable first";
        return new Mistakes(file, explained, words, worst.size());
    }

    List<Path> calibrationAndTraining() {
        return Stream.concat(Stream.of(reliability), training.stream()).toList();
    }
}
