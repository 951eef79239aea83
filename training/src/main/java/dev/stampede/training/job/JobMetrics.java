package dev.stampede.training.job;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of a job in the text format of Prometheus, for the textfile collector of the node exporter or a push gateway. */
public final class JobMetrics {
    private static final String PREFIX = "stampede_retraining_";

    private final StringBuilder text = new StringBuilder();

    private JobMetrics() {}

    /**
     * The text.
     *
     * @param state after the start, also if it failed
     * @param begin of the start
     * @param end of the start
     * @param succeeded whether it ended without a failure
     */
    public static String of(JobState state, PromotionRule rule, Instant begin, Instant end, boolean succeeded) {
        JobMetrics metrics = new JobMetrics();
        metrics.starts(state, begin, end, succeeded);
        metrics.runs(state, rule);
        return metrics.text.toString();
    }

    private void starts(JobState state, Instant begin, Instant end, boolean succeeded) {
        gauge("last_start_timestamp_seconds", "When the job was last started, Unix time.", begin.getEpochSecond());
        gauge(
                "last_success_timestamp_seconds",
                "When a start of the job last ended without a failure, Unix time; 0 if never.",
                state.lastSuccessEpochSeconds());
        gauge("succeeded", "Whether the last start ended without a failure: 1 or 0.", succeeded ? 1 : 0);
        gauge(
                "duration_seconds",
                "Duration of the last start.",
                Duration.between(begin, end).toMillis() / 1000.0);
        family("stage", "gauge", "What the job does next: 1 for one of the stages.");
        for (JobStage stage : JobStage.values()) {
            sample("stage", "stage", stage.label(), state.stage() == stage ? 1 : 0);
        }
        gauge("stage_since_timestamp_seconds", "When this stage began, Unix time.", state.sinceEpochSeconds());
    }

    private void runs(JobState state, PromotionRule rule) {
        RunFindings findings = state.findings();
        family("labels", "gauge", "New labelled stamps at the last export, by the source of the label.");
        new TreeMap<>(findings.labels().bySource())
                .forEach((source, count) -> sample("labels", "source", source, count));
        family("runs", "gauge", "Runs that have ended, by outcome.");
        for (RunOutcome outcome : RunOutcome.values()) {
            sample("runs", "outcome", outcome.label(), state.count(outcome));
        }
        gauge(
                "gate_accepted",
                "Whether the gate accepted the newest model: 1 or 0.",
                findings.gate().accepted() ? 1 : 0);
        family("missed_source_rate", "gauge", "Share of the sources of the newest test split that a model misses.");
        Map<String, Double> missed = new TreeMap<>(Map.of(
                "new", findings.gate().missedByNew(), "live", findings.gate().missedByLive()));
        missed.forEach((model, rate) -> sample("missed_source_rate", "model", model, rate));
        gauge(
                "shadow_alerts",
                "Alerts that the newest model has scored as shadow.",
                findings.agreement().alerts());
        gauge("shadow_alerts_required", "Alerts that a model scores as shadow before the decision.", rule.alerts());
        gauge(
                "shadow_disagreement",
                "Share of these alerts on which the live model has another verdict.",
                findings.agreement().disagreement());
    }

    private void gauge(String name, String help, Number value) {
        family(name, "gauge", help);
        text.append(PREFIX).append(name).append(' ').append(number(value)).append('\n');
    }

    private void family(String name, String type, String help) {
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void sample(String name, String label, String value, Number sample) {
        text.append(PREFIX)
                .append(name)
                .append(String.format(Locale.ROOT, "{%s=\"%s\"} ", label, value))
                .append(number(sample))
                .append('\n');
    }

    private static String number(Number value) {
        return Double.isNaN(value.doubleValue()) ? "NaN" : new BigDecimal(value.toString()).toPlainString();
    }
}
