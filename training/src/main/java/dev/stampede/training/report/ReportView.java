package dev.stampede.training.report;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.training.calibrate.OperatingPoint;
import dev.stampede.training.evaluate.ConfidenceInterval;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.MatchedFilterComparison;
import dev.stampede.training.evaluate.Metric;
import dev.stampede.training.evaluate.MetricSet;
import dev.stampede.training.evaluate.ScoredStamps;
import dev.stampede.training.evaluate.StratumMetric;
import dev.stampede.training.gate.GateDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of the template {@code report-template.html}, which refers to the methods by name.
 *
 * @param pictures PNG files in base64 by name without suffix; one that does not exist is absent
 */
record ReportView(
        ReportSubject subject, Evaluation evaluation, Optional<GateDecision> decision, Map<String, String> pictures) {

    /** The decision of the gate. */
    record Gate(boolean passed, String summary, double falsePositiveRate, List<GateRow> checks) {}

    /** The stamps on which the model abstained. */
    record Abstained(String reasons, int real) {}

    /** The metrics of one stratum. */
    record StratumRow(
            String name,
            int stamps,
            ConfidenceInterval at1e2,
            ConfidenceInterval at1e3,
            ConfidenceInterval atThreshold,
            String rocArea) {}

    /** The comparison with the matched filter. */
    record Filter(int noisePeaks, List<FilterRow> sources, List<ArtefactRow> artefacts) {}

    /** Sources missed by model and matched filter. */
    record FilterRow(String name, int sources, ConfidenceInterval model, ConfidenceInterval filter, String ratio) {}

    /** Artefacts that pass. */
    record ArtefactRow(String kind, int stamps, double passed) {}

    /** The rates at one threshold. */
    record ThresholdRow(String label, String threshold, OperatingPoint rates) {}

    String name() {
        return subject.contract().modelName() + " " + subject.contract().modelVersion();
    }

    String modelFile() {
        return String.valueOf(subject.model().getFileName());
    }

    String recipe() {
        return subject.contract().recipeName();
    }

    String shortSha256() {
        return subject.modelSha256().substring(0, 12);
    }

    boolean testSetOnly() {
        return subject.part().equals(ReportSubject.TEST);
    }

    String threshold() {
        return Formats.decimal("%.6f", evaluation.threshold());
    }

    String temperature() {
        return Formats.decimal("%.4f", evaluation.temperature());
    }

    List<Abstained> abstained() {
        Map<Abstention, Integer> all = new TreeMap<>();
        ScoredStamps scored = evaluation.scored();
        scored.abstentions(true).forEach((reason, count) -> all.merge(reason, count, Integer::sum));
        scored.abstentions(false).forEach((reason, count) -> all.merge(reason, count, Integer::sum));
        int real = scored.abstentions(true).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String reasons = all.entrySet().stream()
                .map(entry -> Formats.count(entry.getValue()) + " ("
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? List.of() : List.of(new Abstained(reasons, real));
    }

    List<Gate> gate() {
        return decision.stream()
                .map(made -> new Gate(made.passes(), GateRow.summary(made), made.falsePositiveRate(), GateRow.of(made)))
                .toList();
    }

    /** By their keys; areas as text, because they are no percentages. */
    Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(metric.key(), evaluation.metrics().of(metric));
        }
        for (Metric area : List.of(Metric.ROC_AREA, Metric.AVERAGE_PRECISION)) {
            metrics.put(area.key(), Formats.number(evaluation.metrics().of(area)));
        }
        return metrics;
    }

    List<StratumRow> sources() {
        return strata(true);
    }

    List<StratumRow> bogusKinds() {
        return strata(false);
    }

    private List<StratumRow> strata(boolean real) {
        MetricSet metrics = evaluation.metrics();
        return indices(metrics, real)
                .mapToObj(i -> new StratumRow(
                        metrics.strata().get(i).name(),
                        metrics.count(i),
                        metrics.of(i, StratumMetric.WRONG_AT_1E2),
                        metrics.of(i, StratumMetric.WRONG_AT_1E3),
                        metrics.of(i, StratumMetric.WRONG_AT_THRESHOLD),
                        Formats.decimal(
                                "%.4f", metrics.of(i, StratumMetric.ROC_AREA).value())))
                .toList();
    }

    private static IntStream indices(MetricSet metrics, boolean real) {
        return IntStream.range(0, metrics.strata().size())
                .filter(i -> metrics.strata().get(i).isReal() == real);
    }

    /** Why there is no comparison with the matched filter; empty if there is one. */
    String filterObstacle() {
        return evaluation.matchedFilterObstacle().orElse("");
    }

    List<Filter> filter() {
        return evaluation.matchedFilter().stream().map(ReportView::filter).toList();
    }

    private static Filter filter(MatchedFilterComparison comparison) {
        MetricSet model = comparison.model();
        MetricSet filter = comparison.filter();
        List<FilterRow> rows = new ArrayList<>();
        indices(model, true)
                .forEach(i -> rows.add(filterRow(
                        model.strata().get(i).name(),
                        model.count(i),
                        model.of(i, StratumMetric.WRONG_AT_1E2),
                        filter.of(i, StratumMetric.WRONG_AT_1E2))));
        rows.add(filterRow(
                "all", comparison.sources(), model.of(Metric.MISSED_AT_1E2), filter.of(Metric.MISSED_AT_1E2)));
        List<ArtefactRow> artefacts = comparison.artefacts().stream()
                .map(rate -> new ArtefactRow(rate.kind(), rate.stamps(), (double) rate.passed() / rate.stamps()))
                .toList();
        return new Filter(comparison.noisePeaks(), rows, artefacts);
    }

    private static FilterRow filterRow(String name, int sources, ConfidenceInterval model, ConfidenceInterval filter) {
        String ratio = filter.value() > 0 ? Formats.decimal("%.2f", model.value() / filter.value()) : "";
        return new FilterRow(name, sources, model, filter, ratio);
    }

    List<Integer> balances() {
        return OperatingPoint.BALANCES;
    }

    List<ThresholdRow> thresholds() {
        List<ThresholdRow> rows = new ArrayList<>(List.of(row("in use: ", evaluation.atThreshold())));
        evaluation.thresholds().forEach(point -> rows.add(row("", point)));
        return rows;
    }

    private static ThresholdRow row(String label, OperatingPoint point) {
        return new ThresholdRow(label, Formats.decimal("%.6f", point.probability()), point);
    }
}
