package dev.stampede.streaming.drift;

import dev.stampede.streaming.scoring.AlertScorerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the population metrics of a stream. */
public final class PopulationMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(PopulationMonitor.class);

    private PopulationMonitor() {}

    /** Adds verdicts by survey, and drift if the model has a reference population, to the metrics of {@code scoring}. */
    public static void begin(AlertScorerFactory scoring) {
        SurveyVerdicts verdicts = new SurveyVerdicts();
        verdicts.register(scoring.metrics().registry());
        scoring.addListener(verdicts);
        DriftMonitor drift = new DriftMonitor(scoring.model(), scoring.clock());
        scoring.models().onSwap(drift::follow);
        scoring.metrics().registry().register(drift);
        scoring.addListener(drift);
        if (scoring.model().reference().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("model", scoring.model().identity().name())
                    .log("No drift metrics: the model file has no reference population; add one with ./stampede"
                            + " set-drift-reference");
        }
    }
}
