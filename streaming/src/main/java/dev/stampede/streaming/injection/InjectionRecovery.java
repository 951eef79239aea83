package dev.stampede.streaming.injection;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Injection and recovery: uses alerts with verdict BOGUS as backgrounds, injects a source of each S/N and classifies the
 * encoded result with the same scorer. One thread.
 */
public final class InjectionRecovery {
    private static final String SURVEY = "INJECTION";

    private final PollScorer scorer;
    private final List<Plane> planes;
    private final RecallMeter meter;
    private final BiConsumer<String, byte[]> publish;

    /**
     * @param scorer a scorer of the stream
     * @param model its model
     * @param publish receives id and value of each injected alert
     * @throws dev.stampede.stamps.error.InvalidInputException if the model cannot do without features
     */
    public InjectionRecovery(
            PollScorer scorer, ModelIdentity model, RecallMeter meter, BiConsumer<String, byte[]> publish) {
        model.requireScoresWithoutFeatures("injected sources");
        this.scorer = scorer;
        this.planes = model.planes();
        this.meter = meter;
        this.publish = publish;
    }

    /** Injects into the alert if it is a background; returns whether it is. */
    public boolean offer(AlertRecord record) {
        Optional<Stamp> background = scorer.scoreRecords(List.of(record)).get(0).parts().stream()
                .flatMap(outcome -> background(outcome).stream())
                .findFirst();
        background.ifPresent(stamp -> inject(nameOf(record.value()), stamp));
        return background.isPresent();
    }

    /** Deterministic, so that the same alert gets the same ids. */
    private static String nameOf(byte @Nullable [] value) {
        return Integer.toHexString(Arrays.hashCode(value));
    }

    private static Optional<Stamp> background(Outcome outcome) {
        return outcome instanceof Outcome.Classified classified
                        && classified.prediction() instanceof Prediction.Scored scored
                        && scored.verdict() == Verdict.BOGUS
                ? classified.alert().stamp()
                : Optional.empty();
    }

    private void inject(String name, Stamp background) {
        List<byte[]> values = new ArrayList<>();
        for (int signalToNoise : RecallMeter.SIGNAL_TO_NOISE) {
            String id = "injection-" + name + "-" + signalToNoise;
            byte[] value = StampAlertWriter.write(id, SURVEY, planes, SourceInjector.of(background, signalToNoise));
            publish.accept(id, value);
            values.add(value);
        }
        List<Outcome> outcomes = scorer.score(values);
        for (int i = 0; i < outcomes.size(); i++) {
            boolean isFound = outcomes.get(i) instanceof Outcome.Classified classified
                    && classified.prediction().verdict() == Verdict.REAL;
            meter.add(RecallMeter.SIGNAL_TO_NOISE.get(i), isFound);
        }
    }
}
