package dev.stampede.streaming.monitor;

import dev.stampede.stamps.score.Verdict;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The recall of known Solar System objects: detections that the survey matched with one, which are real without a label.
 * By survey and S/N, with the bounds of injected sources. Abstentions are counted, but are not in the recall. Thread-safe.
 */
public final class KnownObjectMetrics {
    /** Lower bounds of the ranges of S/N. */
    static final List<Integer> SIGNAL_TO_NOISE = List.of(0, 5, 7, 10, 15, 20, 30);

    /** Names of surveys come from outside: further ones are counted as {@code other}. */
    static final int MAX_SURVEYS = 16;

    /** Fewer give no recall: with 50, that of 0.8 has a standard error of 0.06. */
    static final int MIN = 50;

    private static final String UNKNOWN = "unknown";
    private static final String OTHER = "other";

    private final Counter objects;
    private final Gauge recall;
    private final Set<String> surveys = new HashSet<>();
    private final Map<Range, RecentShare> shares = new HashMap<>();
    private final RecentShare all = new RecentShare();

    private record Range(String survey, String signalToNoise) {}

    KnownObjectMetrics(CollectorRegistry registry) {
        objects = Counter.build(
                        "stampede_known_objects_total",
                        "Detections of known Solar System objects, by survey, lower bound of the S/N and verdict.")
                .labelNames("survey", "signal_to_noise", "verdict")
                .register(registry);
        recall = Gauge.build(
                        "stampede_known_object_recall",
                        "Share with verdict REAL of the last 500 scored detections of known Solar System objects, by survey"
                                + " and lower bound of the S/N; from 50 on.")
                .labelNames("survey", "signal_to_noise")
                .register(registry);
    }

    /** Counts the verdict on a detection of a known object. */
    public synchronized void classified(String survey, OptionalDouble signalToNoise, Verdict verdict) {
        boolean isNamed = surveys.contains(survey) || (surveys.size() < MAX_SURVEYS && surveys.add(survey));
        Range range = new Range(isNamed ? survey : OTHER, lowerBound(signalToNoise));
        objects.labels(range.survey(), range.signalToNoise(), verdict.name().toLowerCase(Locale.ROOT))
                .inc();
        if (verdict != Verdict.ABSTAIN) {
            boolean isFound = verdict == Verdict.REAL;
            all.add(isFound);
            RecentShare share = shares.computeIfAbsent(range, first -> new RecentShare());
            share.add(isFound);
            if (share.size() >= MIN) {
                recall.labels(range.survey(), range.signalToNoise()).set(share.share());
            }
        }
    }

    /** A negative source has a negative S/N in some surveys. */
    private static String lowerBound(OptionalDouble signalToNoise) {
        double value = Math.abs(signalToNoise.orElse(Double.NaN));
        return SIGNAL_TO_NOISE.stream()
                .filter(bound -> value >= bound)
                .reduce((lower, higher) -> higher)
                .map(String::valueOf)
                .orElse(UNKNOWN);
    }

    /** The recall of the last 500 scored detections of all surveys and S/N, 0 to 1; NaN before the first. */
    public synchronized double recall() {
        return all.share();
    }

    /** The number of detections in {@link #recall}. */
    public synchronized int recent() {
        return all.size();
    }
}
