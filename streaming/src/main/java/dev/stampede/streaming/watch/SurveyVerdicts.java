package dev.stampede.streaming.watch;

import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeWatch;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts verdicts by survey and band, a batch at a time. Names come from outside: beyond a bound they are counted as
 * {@code other}. Thread-safe.
 */
final class SurveyVerdicts implements OutcomeWatch {
    static final int MOST_PAIRS = 64;
    private static final String OTHER = "other";

    private final Counter verdicts = Counter.build(
                    "stampede_verdicts_total", "Alerts that were judged, by survey, band and verdict.")
            .labelNames("survey", "band", "verdict")
            .create();
    private final Set<Pair> known = ConcurrentHashMap.newKeySet();

    private record Pair(String survey, String band) {}

    void register(CollectorRegistry registry) {
        registry.register(verdicts);
    }

    @Override
    public void saw(List<Outcome> outcomes) {
        Map<Pair, int[]> counts = new HashMap<>();
        Pair last = null;
        int[] ofLast = new int[0];
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Judged judged) {
                Alert alert = judged.alert();
                if (last == null
                        || !last.survey().equals(alert.survey())
                        || !last.band().equals(alert.band())) {
                    last = new Pair(alert.survey(), alert.band());
                    ofLast = counts.computeIfAbsent(last, pair -> new int[VerdictBins.COUNT]);
                }
                ofLast[VerdictBins.of(judged.judgement().verdict())]++;
            }
        }
        counts.forEach(this::add);
    }

    private void add(Pair pair, int[] counts) {
        boolean isKnown = known.contains(pair) || (known.size() < MOST_PAIRS && known.add(pair));
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
