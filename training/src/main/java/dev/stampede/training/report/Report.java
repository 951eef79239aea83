package dev.stampede.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.training.evaluate.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what an evaluation found: {@code metrics.json}, a PNG for each picture, and {@code report.html}. */
public final class Report {
    /** The page to read. */
    public static final String PAGE = "report.html";

    /** The figures for programs. */
    public static final String METRICS = "metrics.json";

    private Report() {}

    /**
     * Writes all into {@code folder}, which is created where absent; files of the same names are replaced.
     *
     * @param explainer of the same model, with the standard settings, for the worst mistakes
     */
    public static void write(Subject subject, Evaluation evaluation, Explainer explainer, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(METRICS), json(subject, evaluation) + "\n");
        Pictures pictures = Pictures.draw(subject, evaluation, explainer, folder);
        Files.writeString(folder.resolve(PAGE), new ReportPage(subject, evaluation, pictures).text());
    }

    /** The figures as one JSON object. */
    public static String json(Subject subject, Evaluation evaluation) {
        try {
            return new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(MetricsFile.of(subject, evaluation));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", impossible);
        }
    }
}
