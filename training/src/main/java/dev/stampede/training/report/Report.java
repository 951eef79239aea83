package dev.stampede.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.gate.GateDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
        write(subject, evaluation, Optional.empty(), explainer, folder);
    }

    /** The same, with the decision of the gate where there was one. */
    public static void write(
            Subject subject, Evaluation evaluation, Optional<GateDecision> gate, Explainer explainer, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        ObjectNode metrics = MetricsFile.of(subject, evaluation);
        gate.ifPresent(decision -> metrics.set("gate", MetricsFile.gate(decision)));
        Files.writeString(folder.resolve(METRICS), text(metrics) + "\n");
        Pictures pictures = Pictures.draw(subject, evaluation, explainer, folder);
        Files.writeString(folder.resolve(PAGE), new ReportPage(subject, evaluation, gate, pictures).text());
    }

    /** The figures as one JSON object. */
    public static String json(Subject subject, Evaluation evaluation) {
        return text(MetricsFile.of(subject, evaluation));
    }

    private static String text(ObjectNode json) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of numbers and text is always JSON", impossible);
        }
    }
}
