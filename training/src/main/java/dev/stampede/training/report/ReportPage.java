package dev.stampede.training.report;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.JudgedStamps;
import dev.stampede.training.gate.GateDecision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One page, complete in itself: no file, script or address outside it is needed to read it. */
final class ReportPage {
    private static final String STYLE = "report.css";

    private final Subject subject;
    private final Evaluation evaluation;
    private final Optional<GateDecision> gate;
    private final Pictures pictures;
    private final Html body = new Html();

    ReportPage(Subject subject, Evaluation evaluation, Optional<GateDecision> gate, Pictures pictures) {
        this.subject = subject;
        this.evaluation = evaluation;
        this.gate = gate;
        this.pictures = pictures;
    }

    String text() throws IOException {
        headline();
        strata();
        bound();
        thresholds();
        calibration();
        stamps();
        String name = subject.contract().modelName() + " " + subject.contract().modelVersion();
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Evaluation of %1$s</title>
                <style>
                %2$s</style></head><body><main>
                <h1>Evaluation of %1$s</h1>
                %3$s</main></body></html>
                """.formatted(Html.escape(name), style(), body);
    }

    private static String style() {
        try (InputStream style = ReportPage.class.getResourceAsStream(STYLE)) {
            if (style == null) {
                throw new IllegalStateException(STYLE + " is not in this build");
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + STYLE, failure);
        }
    }

    private void headline() throws IOException {
        body.paragraph(String.format(
                Locale.ROOT,
                "Model %s (%s, recipe %s, SHA-256 %s). Data %s, %s stamps: %,d real and %,d bogus were judged. %s"
                        + "Threshold %.6f, temperature %.4f, seed %d.",
                subject.model().getFileName(),
                subject.contract().network(),
                subject.contract().recipe().recipeName(),
                subject.modelSha256().substring(0, 12),
                subject.data(),
                subject.part().equals("test") ? "only the test" : "all",
                evaluation.confusion().real(),
                evaluation.confusion().bogus(),
                abstentions(),
                evaluation.threshold(),
                evaluation.temperature(),
                subject.seed()));
        if (subject.flatters()) {
            body.warning("The model was fitted to seven tenths of these very stamps, so the figures flatter it."
                    + " Evaluate with --split test and the seed of the training, or on other stamps.");
        }
        gate.ifPresent(this::gate);
        body.heading("Headline")
                .table(
                        List.of("Figure", "Value (95 % interval)"),
                        FigureTables.headline(evaluation),
                        "Intervals come from 1,000 bootstrap resamples of whole groups of stamps.")
                .pictures("wide", List.of(pictures.confusion()), List.of("Confusion at the threshold"))
                .pictures(
                        "charts",
                        List.of(pictures.roc(), pictures.precisionRecall()),
                        List.of(
                                "Sources kept against bogus stamps let through, in powers of ten.",
                                "Precision depends on how rare sources are, so there is a curve for each balance."));
    }

    private String abstentions() {
        Map<Abstention, Integer> all = new TreeMap<>();
        JudgedStamps judged = evaluation.judged();
        judged.abstentions(true).forEach((reason, count) -> all.merge(reason, count, Integer::sum));
        judged.abstentions(false).forEach((reason, count) -> all.merge(reason, count, Integer::sum));
        int real = judged.abstentions(true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String reasons = all.entrySet().stream()
                .map(entry -> FigureTables.count(entry.getValue()) + " ("
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                .collect(Collectors.joining(", "));
        return all.isEmpty()
                ? "It abstained on none. "
                : "It abstained on " + reasons + ", of which " + real + " are real; abstentions count in no figure. ";
    }

    private void gate(GateDecision decision) {
        body.heading("Gate");
        String sentence = "The gate " + GateTable.sentence(decision) + ".";
        if (decision.passes()) {
            body.paragraph(sentence);
        } else {
            body.warning(sentence);
        }
        body.table(
                GateTable.header(),
                GateTable.rows(decision),
                String.format(
                        Locale.ROOT,
                        "Sources missed where %s of the bogus stamps pass, by both models on the same stamps. Worse: the"
                                + " 95 %% interval of the difference, from resamples of whole groups, lies above zero. S/N"
                                + " ranges with few sources do not count.",
                        Html.percent(decision.falsePositiveRate())));
    }

    private void strata() throws IOException {
        body.heading("Sources by S/N")
                .table(
                        FigureTables.strataHeader(true),
                        FigureTables.strata(evaluation.figures(), true),
                        "Missed at 1 % and 0.1 %: at the thresholds that this share of all bogus stamps passes."
                                + " Brackets hold intervals of 95 %.")
                .pictures(
                        "charts",
                        List.of(pictures.completeness(), pictures.scores()),
                        List.of(
                                "Share of the sources kept, by brightness.",
                                "Scores of both classes. A probability that rounds to 1 has log-odds of about 17."));
        body.heading("Bogus stamps by kind")
                .table(
                        FigureTables.strataHeader(false),
                        FigureTables.strata(evaluation.figures(), false),
                        "A kind that the model rejects as well as the others passes at 1 % and 0.1 %.");
    }

    private void bound() {
        body.heading("Against the matched filter");
        if (evaluation.bound().isEmpty()) {
            body.paragraph("Left out: it takes the width of each source and which stamps are noise peaks, that is a"
                    + " truth.csv with the columns kind and fwhm_pixels, and at least 100 noise peaks.");
            return;
        }
        body.paragraph(String.format(
                        Locale.ROOT,
                        "What is possible against noise: a filter that knows the width of each source and measures the"
                                + " noise of each stamp, at the centre where it responds most. Both are set so that one"
                                + " in a hundred of the same %,d noise peaks passes.",
                        evaluation.bound().get().noisePeaks()))
                .table(
                        List.of("S/N", "Sources", "missed by the model", "missed by the filter", "ratio"),
                        FigureTables.bound(evaluation.bound().get()),
                        "")
                .table(
                        List.of("Artefact", "Stamps", "passed by the model"),
                        FigureTables.artefacts(evaluation.bound().get()),
                        "The artefacts that the model calls real at that threshold. The filter, which knows only point"
                                + " sources and noise, is not asked.");
    }

    private void thresholds() {
        body.heading("Thresholds")
                .table(
                        FigureTables.thresholdHeader(),
                        FigureTables.thresholds(evaluation),
                        "Precision at 1:12 is the share of what passes that is real where twelve bogus candidates come"
                                + " with each real one. Real searches have 1:12 to 1:30.");
    }

    private void calibration() throws IOException {
        body.heading("Calibration")
                .pictures(
                        "charts",
                        pictures.calibrationAndTraining(),
                        List.of("Probabilities against frequencies, before and after temperature.", "Training history.")
                                .subList(0, pictures.calibrationAndTraining().size()));
    }

    private void stamps() throws IOException {
        body.heading("Stamps")
                .paragraph("A blue frame: called real. A red one: called bogus. Below each its probability.")
                .pictures(
                        "sheets",
                        List.of(pictures.realStamps(), pictures.bogusStamps()),
                        List.of("Real stamps, by chance.", "Bogus stamps, by chance."));
        body.heading("Worst mistakes");
        for (Pictures.Mistakes mistakes : pictures.mistakes()) {
            if (mistakes.count() == 0) {
                body.paragraph(mistakes.words() + ": none.");
            } else {
                body.pictures(
                        "sheets",
                        List.of(mistakes.file(), mistakes.explained()),
                        List.of(
                                mistakes.words() + ".",
                                "The first of them with their occlusion maps: how much of the verdict's probability is"
                                        + " lost when the pixels are hidden."));
            }
        }
    }
}
