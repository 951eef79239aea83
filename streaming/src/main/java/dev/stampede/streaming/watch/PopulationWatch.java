package dev.stampede.streaming.watch;

import dev.stampede.streaming.scoring.Scoring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to watch the population of a stream. */
public final class PopulationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(PopulationWatch.class);

    private PopulationWatch() {}

    /** From now on the metrics of {@code scoring} tell of verdicts by survey, and of drift where the model allows it. */
    public static void begin(Scoring scoring) {
        SurveyVerdicts verdicts = new SurveyVerdicts();
        verdicts.register(scoring.metrics().registry());
        scoring.show(verdicts);
        DriftWatch drift = new DriftWatch(scoring.model(), scoring.clock());
        scoring.onSwap(drift::follow);
        scoring.metrics().registry().register(drift);
        scoring.show(drift);
        if (scoring.model().reference().isEmpty()) {
            LOG.info(
                    "The model holds no reference population: no drift is measured; ./stampede reference gives it one");
        }
    }
}
