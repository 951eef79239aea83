package dev.stampede.training.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.training.evaluate.ClassicalBound;
import dev.stampede.training.evaluate.Confusion;
import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.evaluate.Figure;
import dev.stampede.training.evaluate.Figures;
import dev.stampede.training.evaluate.Interval;
import dev.stampede.training.evaluate.OperatingPoint;
import dev.stampede.training.evaluate.StratumFigure;
import dev.stampede.training.gate.Check;
import dev.stampede.training.gate.GateDecision;
import java.util.Locale;

/** All figures of an evaluation as one JSON object; what is not a number is null. */
final class MetricsFile {
    private MetricsFile() {}

    static ObjectNode of(Subject subject, Evaluation evaluation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", subject.model().toString());
        json.put("model_sha256", subject.modelSha256());
        json.put("model_name", subject.contract().modelName());
        json.put("model_version", subject.contract().modelVersion());
        json.put("network", subject.contract().network());
        json.put("data", subject.data());
        json.put("data_fingerprint", subject.dataFingerprint());
        json.put("part", subject.part());
        json.put("trained_on_this_data", subject.flatters());
        json.put("seed", subject.seed());
        number(json, "threshold", evaluation.threshold());
        number(json, "temperature", evaluation.temperature());
        json.set("stamps", stamps(evaluation));
        json.set("figures", figures(evaluation));
        json.set("at_threshold", point(evaluation.atThreshold()));
        ArrayNode thresholds = json.putArray("thresholds");
        evaluation.thresholds().forEach(threshold -> thresholds.add(point(threshold)));
        json.set("strata", strata(evaluation.figures()));
        evaluation.bound().ifPresent(bound -> json.set("matched_filter", bound(bound)));
        return json;
    }

    /** What the gate decided, with each check. */
    static ObjectNode gate(GateDecision decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("passed", decision.passes());
        number(json, "false_positive_rate", decision.falsePositiveRate());
        ArrayNode checks = json.putArray("checks");
        for (Check check : decision.checks()) {
            ObjectNode one = checks.addObject();
            one.put("kind", check.kind().name().toLowerCase(Locale.ROOT));
            one.put("name", check.name());
            one.put("finding", check.finding().name().toLowerCase(Locale.ROOT));
            number(one, "new", check.fresh());
            number(one, "live", check.live());
            check.difference().ifPresent(difference -> one.set("difference", interval(difference)));
            number(one, "bound", check.bound());
        }
        return json;
    }

    private static ObjectNode stamps(Evaluation evaluation) {
        Confusion confusion = evaluation.confusion();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("real_called_real", confusion.realKept());
        json.put("real_called_bogus", confusion.realMissed());
        json.put("bogus_called_real", confusion.bogusPassed());
        json.put("bogus_called_bogus", confusion.bogusRefused());
        for (boolean real : new boolean[] {true, false}) {
            ObjectNode abstentions = json.putObject(real ? "real_abstained" : "bogus_abstained");
            evaluation.judged().abstentions(real).forEach((reason, count) -> abstentions.put(reason.name(), count));
        }
        return json;
    }

    private static ObjectNode figures(Evaluation evaluation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Figure figure : Figure.values()) {
            json.set(figure.key(), interval(evaluation.figures().of(figure)));
        }
        number(json, "expected_calibration_error_before_temperature", evaluation.calibrationErrorBefore());
        return json;
    }

    private static ObjectNode interval(Interval interval) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        number(json, "value", interval.value());
        number(json, "low", interval.low());
        number(json, "high", interval.high());
        return json;
    }

    private static ObjectNode point(OperatingPoint point) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        number(json, "threshold", point.probability());
        number(json, "missed_source_rate", point.missedSources());
        number(json, "false_positive_rate", point.falsePositives());
        ObjectNode precision = json.putObject("precision");
        for (int i = 0; i < point.precision().size(); i++) {
            number(
                    precision,
                    "1:" + OperatingPoint.BALANCES.get(i),
                    point.precision().get(i));
        }
        return json;
    }

    private static ArrayNode strata(Figures figures) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < figures.strata().size(); i++) {
            ObjectNode stratum = json.addObject();
            stratum.put("name", figures.strata().get(i).name());
            stratum.put("real", figures.strata().get(i).isReal());
            stratum.put("stamps", figures.count(i));
            for (StratumFigure figure : StratumFigure.values()) {
                stratum.set(figure.key(), interval(figures.of(i, figure)));
            }
        }
        return json;
    }

    private static ObjectNode bound(ClassicalBound bound) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sources", bound.sources());
        json.put("noise_peaks", bound.noisePeaks());
        json.set("model_missed", interval(bound.model().of(Figure.MISSED_AT_1E2)));
        json.set("filter_missed", interval(bound.filter().of(Figure.MISSED_AT_1E2)));
        ArrayNode ranges = json.putArray("signal_to_noise");
        for (int i = 0; i < bound.model().strata().size(); i++) {
            if (bound.model().strata().get(i).isReal()) {
                ObjectNode range = ranges.addObject();
                range.put("name", bound.model().strata().get(i).name());
                range.put("stamps", bound.model().count(i));
                range.set("model_missed", interval(bound.model().of(i, StratumFigure.WRONG_AT_1E2)));
                range.set("filter_missed", interval(bound.filter().of(i, StratumFigure.WRONG_AT_1E2)));
            }
        }
        ArrayNode artefacts = json.putArray("artefacts");
        for (ClassicalBound.ArtefactRate rate : bound.artefacts()) {
            artefacts
                    .addObject()
                    .put("kind", rate.kind())
                    .put("stamps", rate.stamps())
                    .put("passed", rate.passed());
        }
        return json;
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
