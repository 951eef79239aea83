package dev.stampede.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.picture.ColourMap;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.evaluate.SurveyCandidate;
import dev.stampede.training.evaluate.SurveyComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Writes a comparison with the score of a survey as {@code metrics.json}, PNG files and {@code report.html}. */
public final class SurveyReport {
    private static final String TEMPLATE = "survey-report-template.html";
    private static final String SCATTER = "scores.png";
    private static final String DISAGREEMENTS = "disagreements.png";
    private static final int MAX_SHOWN = 40;
    /** More markers cover each other. */
    private static final int MAX_POINTS = 5000;

    private static final int COLUMNS = 8;
    private static final int ZOOM = 5;

    private SurveyReport() {}

    /**
     * What is compared.
     *
     * @param model name and version
     * @param modelFile its file, or the name of a shipped model
     * @param sha256 of the file
     * @param packets the inputs, as text
     * @param score the name of the score of the survey
     */
    public record Subject(String model, String modelFile, String sha256, String packets, String score) {}

    /** The values of the template; pictures are in base64. Without disagreements there is no picture of them. */
    private record View(
            String model,
            String modelFile,
            String sha256,
            String packets,
            String score,
            SurveyComparison comparison,
            String scatter,
            @Nullable String disagreements) {}

    /**
     * Writes all files to {@code folder}, which is created if absent; files of the same names are replaced once all are
     * complete.
     *
     * @param stamps the stamp of a candidate by its index
     */
    public static void write(Subject subject, SurveyComparison comparison, IntFunction<Stamp> stamps, Path folder)
            throws IOException {
        boolean hasSheet = AtomicFile.fill(folder, temporary -> {
            Files.writeString(temporary.resolve(Report.METRICS), json(subject, comparison) + "\n");
            Path scatter = temporary.resolve(SCATTER);
            scatter(subject, comparison).write(scatter);
            String sheet = null;
            List<SurveyCandidate> shown =
                    comparison.disagreements().stream().limit(MAX_SHOWN).toList();
            if (!shown.isEmpty()) {
                Path file = temporary.resolve(DISAGREEMENTS);
                sheet(shown, stamps).write(file);
                sheet = Pictures.base64(file);
            }
            View view = new View(
                    subject.model(),
                    subject.modelFile(),
                    subject.sha256(),
                    subject.packets(),
                    subject.score(),
                    comparison,
                    Pictures.base64(scatter),
                    sheet);
            Files.writeString(temporary.resolve(Report.PAGE), Template.page(TEMPLATE, SurveyReport::format, view));
            return sheet != null;
        });
        if (!hasSheet) {
            Files.deleteIfExists(folder.resolve(DISAGREEMENTS)); // of an earlier report
        }
    }

    private static String format(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? "none" : String.format(Locale.ROOT, "%.3f", number);
        }
        return value instanceof Integer || value instanceof Long
                ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
                : String.valueOf(value);
    }

    /** Up to {@link #MAX_POINTS} candidates, the same for the same packets. */
    private static List<SurveyCandidate> drawn(SurveyComparison comparison) {
        if (comparison.compared().size() <= MAX_POINTS) {
            return comparison.compared();
        }
        List<SurveyCandidate> shuffled = new ArrayList<>(comparison.compared());
        Collections.shuffle(shuffled, new Random(1));
        return shuffled.subList(0, MAX_POINTS);
    }

    private static ChartStyle scatter(Subject subject, SurveyComparison comparison) {
        List<SurveyCandidate> drawn = drawn(comparison);
        ChartStyle chart = new ChartStyle("Scores", subject.score(), "Probability of the model")
                .vertical(-0.02, 1.02)
                .legendBelow();
        for (boolean real : new boolean[] {true, false}) {
            List<Double> across = new ArrayList<>();
            List<Double> up = new ArrayList<>();
            for (SurveyCandidate candidate : drawn) {
                if (candidate.isCalledReal() == real) {
                    across.add(candidate.surveyScore());
                    up.add(candidate.probability());
                }
            }
            chart.points(real ? "REAL" : "BOGUS", across, up, real ? ChartStyle.REAL : ChartStyle.BOGUS);
        }
        for (SurveyComparison.Cut cut : comparison.cuts()) {
            chart.dashes(
                    "cut at " + format(cut.score()),
                    List.of(cut.score(), cut.score()),
                    List.of(0.0, 1.0),
                    ChartStyle.NEUTRAL);
        }
        return chart;
    }

    private static ContactSheet sheet(List<SurveyCandidate> candidates, IntFunction<Stamp> stamps) {
        ContactSheet sheet = new ContactSheet("", COLUMNS, ZOOM, ColourMap.CUBEHELIX);
        for (SurveyCandidate candidate : candidates) {
            sheet.add(
                    stamps.apply(candidate.index()),
                    String.format(Locale.ROOT, "%.2f, %.2f", candidate.surveyScore(), candidate.probability()),
                    candidate.isCalledReal() ? ChartStyle.REAL : ChartStyle.BOGUS);
        }
        return sheet;
    }

    /** The figures as one JSON object with names in snake case; null where a figure is undefined. */
    public static String json(Subject subject, SurveyComparison comparison) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("model_name", subject.model());
        root.put("model", subject.modelFile());
        root.put("model_sha256", subject.sha256());
        root.put("packets", subject.packets());
        root.put("score", subject.score());
        root.put("candidates", comparison.candidates());
        root.put("compared", comparison.compared().size());
        root.put("abstentions", comparison.abstentions());
        root.put("unreadable", comparison.unreadable());
        root.put("without_score", comparison.withoutScore());
        ArrayNode cuts = root.putArray("cuts");
        for (SurveyComparison.Cut cut : comparison.cuts()) {
            cuts.addObject()
                    .put("score", cut.score())
                    .put("above", cut.above())
                    .put("above_real", cut.aboveReal())
                    .put("below", cut.below())
                    .put("below_real", cut.belowReal());
        }
        ArrayNode groups = root.putArray("groups");
        for (SurveyComparison.Group group : comparison.groups()) {
            ObjectNode node = groups.addObject().put("name", group.name()).put("count", group.count());
            node.put("rank_correlation", finite(group.rankCorrelation()));
            ArrayNode areas = node.putArray("roc_areas");
            group.areas().forEach(area -> areas.add(finite(area)));
        }
        return root.toString();
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
