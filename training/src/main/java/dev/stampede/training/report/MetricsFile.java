package dev.stampede.training.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.training.calibrate.OperatingPoint;
import dev.stampede.training.evaluate.ConfidenceInterval;
import dev.stampede.training.evaluate.ConfusionMatrix;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.MatchedFilterComparison;
import dev.stampede.training.evaluate.Metric;
import dev.stampede.training.evaluate.MetricSet;
import dev.stampede.training.evaluate.StratumMetric;
import dev.stampede.training.gate.GateCheck;
import dev.stampede.training.gate.GateDecision;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The content of {@code metrics.json}: field names in snake case, numbers that are not finite as null. */
record MetricsFile(
        @JsonUnwrapped Model model,
        @JsonUnwrapped Data data,
        @JsonUnwrapped Results results,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MatchedFilter matchedFilter,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Gate gate) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .registerModule(new SimpleModule()
                    .addSerializer(Double.class, new FiniteSerializer())
                    .addSerializer(Double.TYPE, new FiniteSerializer()))
            .enable(SerializationFeature.INDENT_OUTPUT);

    /** The model. */
    record Model(String model, String modelSha256, String modelName, String modelVersion, String network) {}

    /** The stamps. */
    record Data(String data, String dataFingerprint, String part, boolean trainedOnThisData, long seed) {}

    /** The results on the stamps. */
    record Results(
            double threshold,
            double temperature,
            Stamps stamps,
            Map<String, Object> figures,
            Rates atThreshold,
            List<Rates> thresholds,
            List<StratumResults> strata) {}

    /** Numbers of stamps. */
    record Stamps(
            int realCalledReal,
            int realCalledBogus,
            int bogusCalledReal,
            int bogusCalledBogus,
            Map<Abstention, Integer> realAbstained,
            Map<Abstention, Integer> bogusAbstained) {}

    /** The rates at one threshold. */
    record Rates(double threshold, double missedSourceRate, double falsePositiveRate, Map<String, Double> precision) {
        static Rates of(OperatingPoint point) {
            Map<String, Double> precision = new LinkedHashMap<>();
            for (int i = 0; i < point.precision().size(); i++) {
                precision.put(
                        "1:" + OperatingPoint.BALANCES.get(i), point.precision().get(i));
            }
            return new Rates(point.probability(), point.missedSources(), point.falsePositives(), precision);
        }
    }

    /** The metrics of one stratum. */
    record StratumResults(
            String name,
            boolean real,
            int stamps,
            @JsonAnyGetter Map<String, ConfidenceInterval> metrics) {
        static StratumResults of(MetricSet all, int index) {
            Map<String, ConfidenceInterval> metrics = new LinkedHashMap<>();
            for (StratumMetric metric : StratumMetric.values()) {
                metrics.put(metric.key(), all.of(index, metric));
            }
            return new StratumResults(
                    all.strata().get(index).name(), all.strata().get(index).isReal(), all.count(index), metrics);
        }
    }

    /** The comparison with the matched filter. */
    record MatchedFilter(
            int sources,
            int noisePeaks,
            ConfidenceInterval modelMissed,
            ConfidenceInterval filterMissed,
            List<FilterRange> signalToNoise,
            List<MatchedFilterComparison.ArtefactRate> artefacts) {
        static MatchedFilter of(MatchedFilterComparison comparison) {
            return new MatchedFilter(
                    comparison.sources(),
                    comparison.noisePeaks(),
                    comparison.model().of(Metric.MISSED_AT_1E2),
                    comparison.filter().of(Metric.MISSED_AT_1E2),
                    IntStream.range(0, comparison.model().strata().size())
                            .filter(i -> comparison.model().strata().get(i).isReal())
                            .mapToObj(i -> FilterRange.of(comparison, i))
                            .toList(),
                    comparison.artefacts());
        }
    }

    /** The comparison in one range of S/N. */
    record FilterRange(String name, int stamps, ConfidenceInterval modelMissed, ConfidenceInterval filterMissed) {
        static FilterRange of(MatchedFilterComparison comparison, int index) {
            return new FilterRange(
                    comparison.model().strata().get(index).name(),
                    comparison.model().count(index),
                    comparison.model().of(index, StratumMetric.WRONG_AT_1E2),
                    comparison.filter().of(index, StratumMetric.WRONG_AT_1E2));
        }
    }

    /** The decision of the gate. */
    record Gate(boolean passed, double falsePositiveRate, List<Check> checks) {}

    /** A check of the gate. */
    record Check(
            String kind,
            String name,
            String finding,
            @JsonProperty("new") double challenger,
            double live,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ConfidenceInterval difference,

            double bound) {
        static Check of(GateCheck check) {
            return new Check(
                    check.kind().name().toLowerCase(Locale.ROOT),
                    check.name(),
                    check.result().name().toLowerCase(Locale.ROOT),
                    check.challenger(),
                    check.live(),
                    check.difference().orElse(null),
                    check.bound());
        }
    }

    static MetricsFile of(ReportSubject subject, Evaluation evaluation, Optional<GateDecision> gate) {
        return new MetricsFile(
                new Model(
                        subject.model().toString(),
                        subject.modelSha256(),
                        subject.contract().modelName(),
                        subject.contract().modelVersion(),
                        subject.contract().network()),
                new Data(
                        subject.data(),
                        subject.dataFingerprint(),
                        subject.part(),
                        subject.includesTrainingSet(),
                        subject.seed()),
                results(evaluation),
                evaluation.matchedFilter().map(MatchedFilter::of).orElse(null),
                gate.map(decision -> new Gate(
                                decision.passes(),
                                decision.falsePositiveRate(),
                                decision.checks().stream().map(Check::of).toList()))
                        .orElse(null));
    }

    private static Results results(Evaluation evaluation) {
        ConfusionMatrix confusion = evaluation.confusion();
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            metrics.put(metric.key(), evaluation.metrics().of(metric));
        }
        metrics.put("expected_calibration_error_before_temperature", evaluation.uncalibratedError());
        return new Results(
                evaluation.threshold(),
                evaluation.temperature(),
                new Stamps(
                        confusion.realKept(),
                        confusion.realMissed(),
                        confusion.bogusPassed(),
                        confusion.bogusRejected(),
                        evaluation.scored().abstentions(true),
                        evaluation.scored().abstentions(false)),
                metrics,
                Rates.of(evaluation.atThreshold()),
                evaluation.thresholds().stream().map(Rates::of).toList(),
                IntStream.range(0, evaluation.metrics().strata().size())
                        .mapToObj(i -> StratumResults.of(evaluation.metrics(), i))
                        .toList());
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of numbers and text are always JSON", impossible);
        }
    }

    /** JSON has no NaN. */
    private static final class FiniteSerializer extends StdSerializer<Double> {
        FiniteSerializer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
