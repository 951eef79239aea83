package dev.stampede.training.report;

import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.training.evaluate.ConfidenceInterval;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.gate.GateDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes an evaluation as {@code metrics.json}, one PNG per chart, and {@code report.html}. */
public final class Report {
    /** The page, complete in itself: it refers to no other file and no address. */
    public static final String PAGE = "report.html";

    /** The metrics for programs. */
    public static final String METRICS = "metrics.json";

    /** The template of the page; it holds all of its text. */
    private static final String TEMPLATE = "report-template.html";

    private Report() {}

    /**
     * Writes all files to {@code folder}, which is created if absent; files of the same names are replaced once all are
     * complete.
     *
     * @param gate the decision of the gate, if the model was compared with another
     * @param explainer of the same model with the standard settings, for the worst mistakes
     */
    public static void write(
            ReportSubject subject, Evaluation evaluation, Optional<GateDecision> gate, Explainer explainer, Path folder)
            throws IOException {
        Pictures pictures = AtomicFile.fill(folder, temporary -> {
            Files.writeString(
                    temporary.resolve(METRICS),
                    MetricsFile.of(subject, evaluation, gate).toJson() + "\n");
            Pictures drawn = Pictures.draw(subject, evaluation, explainer, temporary);
            Files.writeString(temporary.resolve(PAGE), page(new ReportView(subject, evaluation, gate, drawn.base64())));
            return drawn;
        });
        pictures.deleteOutdated(folder);
    }

    /** The metrics as one JSON object. */
    public static String json(ReportSubject subject, Evaluation evaluation) {
        return MetricsFile.of(subject, evaluation, Optional.empty()).toJson();
    }

    private static String page(ReportView view) {
        return Template.page(TEMPLATE, Report::format, view);
    }

    /** In the template a fraction is a percentage and an integer has separators of thousands. */
    private static String format(Object value) {
        if (value instanceof Double fraction) {
            return Formats.percent(fraction);
        }
        if (value instanceof ConfidenceInterval interval) {
            return Formats.percent(interval);
        }
        return value instanceof Integer count ? Formats.count(count) : String.valueOf(value);
    }
}
