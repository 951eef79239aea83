package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.streaming.monitor.HealthCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the alerts that are outside the domain of the model, and logs each reason once, so that a topic that does not fit
 * the model is seen at the start. Thread-safe.
 */
public final class DomainMonitor implements OutcomeListener {
    private static final Logger LOG = LoggerFactory.getLogger(DomainMonitor.class);

    /** Pixel scales may differ in every alert: after as many reasons, further ones are only counted. */
    private static final int MAX_REASONS = 10;

    private final Set<String> reasons = new HashSet<>();
    private long alerts;
    private long outside;
    private String latest = "";

    /** Observes the outcomes of {@code scoring} from now on. */
    public static DomainMonitor begin(AlertScorerFactory scoring) {
        DomainMonitor monitor = new DomainMonitor();
        scoring.addListener(monitor);
        return monitor;
    }

    @Override
    public synchronized void observe(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Classified classified) {
                alerts++;
                if (classified.prediction() instanceof Abstained abstained
                        && abstained.reason() == Abstention.OUT_OF_DOMAIN) {
                    add(classified, abstained.detail());
                }
            }
        }
    }

    private void add(Outcome.Classified classified, String reason) {
        outside++;
        latest = reason;
        if (reasons.size() < MAX_REASONS && reasons.add(reason)) {
            LOG.atWarn()
                    .addKeyValue("alert", classified.alert().id())
                    .addKeyValue("model", classified.model().name())
                    .addKeyValue("reason", reason)
                    .log(
                            "The topic has alerts outside the domain of the model, which it does not judge: use a model for"
                                    + " them, or set input.out-of-domain=classify");
        }
    }

    /** How many alerts were outside the domain since the start; never a reason to be unready. */
    public synchronized HealthCheck readiness() {
        String description = outside == 0
                ? "no alert was outside the domain of the model"
                : outside + " of " + alerts + " alerts were outside the domain of the model, the latest: " + latest;
        return new HealthCheck("domain", true, description);
    }
}
