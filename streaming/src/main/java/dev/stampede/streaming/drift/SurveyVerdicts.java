package dev.stampede.streaming.drift;

import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeListener;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts verdicts by survey and band, once per batch. Names come from outside: beyond {@value #MAX_PAIRS} pairs they are
 * counted as {@code other}. Thread-safe.
 */
final class SurveyVerdicts implements OutcomeListener {
    static final int MAX_PAIRS = 64;
    private static final String OTHER = "other";

    private final Counter verdicts = Counter.build(
                    "stampede_verdicts_total", "Classified alerts, by survey, band and verdict.")
            .labelNames("survey", "band", "verdict")
            .create();
    private final Set<Pair> known = ConcurrentHashMap.newKeySet();

    private record Pair(String survey, String band) {}

    void register(CollectorRegistry registry) {
        registry.register(verdicts);
    }

    @Override
    public void observe(List<Outcome> outcomes) {
        Map<Pair, int[]> counts = new HashMap<>();
        Pair last = null;
        int[] ofLast = new int[0];
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Classified classified) {
                Alert alert = classified.alert();
                if (last == null
                        || !last.survey().equals(alert.survey())
                        || !last.band().equals(alert.band())) {
                    last = new Pair(alert.survey(), alert.band());
                    ofLast = counts.computeIfAbsent(last, pair -> new int[VerdictBins.COUNT]);
                }
                ofLast[VerdictBins.of(classified.prediction().verdict())]++;
            }
        }
        counts.forEach(this::add);
    }

    private void add(Pair pair, int[] counts) {
        boolean isKnown = known.contains(pair) || (known.size() < MAX_PAIRS && known.add(pair));
        for (Verdict verdict : Verdict.values()) {
            if (counts[VerdictBins.of(verdict)] > 0) {
                verdicts.labels(
                                isKnown ? pair.survey() : OTHER,
                                isKnown ? pair.band() : OTHER,
                                verdict.name().toLowerCase(Locale.ROOT))
                        .inc(counts[VerdictBins.of(verdict)]);
            }
        }
    }
}
