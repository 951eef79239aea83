package dev.stampede.training.report;

import dev.stampede.stamps.explain.Explainer;
import dev.stampede.training.evaluate.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The PNG files of a report. */
final class Pictures {
    private static final String SUFFIX = ".png";
    private static final String MISSED = "worst-missed";
    private static final String PASSED = "worst-passed";
    private static final String EXPLAINED = "-explained";

    /** A model without mistakes has none of these. */
    private static final List<String> OPTIONAL = List.of(MISSED, MISSED + EXPLAINED, PASSED, PASSED + EXPLAINED);

    private final Path folder;
    private final List<String> names = new ArrayList<>();

    private Pictures(Path folder) {
        this.folder = folder;
    }

    /** Draws all pictures into {@code folder}, which is empty. */
    static Pictures draw(ReportSubject subject, Evaluation evaluation, Explainer explainer, Path folder)
            throws IOException {
        Pictures pictures = new Pictures(folder);
        Charts.confusion(evaluation.confusion(), pictures.file("confusion"));
        Charts.roc(evaluation).write(pictures.file("roc"));
        Charts.precisionRecall(evaluation).write(pictures.file("precision-recall"));
        Charts.reliability(evaluation).write(pictures.file("reliability"));
        Charts.scores(evaluation).write(pictures.file("scores"));
        Charts.completeness(evaluation).write(pictures.file("completeness"));
        Optional<ChartStyle> training = Charts.training(subject.model());
        if (training.isPresent()) {
            training.get().write(pictures.file("training"));
        }
        StampSheets.ofClass(evaluation, true, subject.seed()).write(pictures.file("stamps-real"));
        StampSheets.ofClass(evaluation, false, subject.seed()).write(pictures.file("stamps-bogus"));
        pictures.mistakes(MISSED, subject, evaluation, true, explainer);
        pictures.mistakes(PASSED, subject, evaluation, false, explainer);
        return pictures;
    }

    private Path file(String name) {
        names.add(name);
        return folder.resolve(name + SUFFIX);
    }

    private void mistakes(String name, ReportSubject subject, Evaluation evaluation, boolean real, Explainer explainer)
            throws IOException {
        String explained = name + EXPLAINED;
        List<Integer> worst = StampSheets.worst(evaluation, real);
        if (!worst.isEmpty()) {
            StampSheets.sheet(evaluation, worst).write(file(name));
            StampSheets.explained(
                            evaluation, worst, explainer, subject.contract().stampSize())
                    .write(file(explained));
        }
    }

    /** Deletes the pictures of an earlier report in {@code reports} that this one does not have. */
    void deleteOutdated(Path reports) throws IOException {
        for (String name : OPTIONAL) {
            if (!names.contains(name)) {
                Files.deleteIfExists(reports.resolve(name + SUFFIX));
            }
        }
    }

    static String base64(Path picture) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    }

    /** The content of each file in base64, by its name without suffix. */
    Map<String, String> base64() throws IOException {
        Map<String, String> contents = new HashMap<>();
        for (String name : names) {
            contents.put(name, base64(folder.resolve(name + SUFFIX)));
        }
        return contents;
    }
}
