package dev.stampede.streaming.canary;

import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.publish.StampAlertWriter;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Takes alerts of the stream, keeps those that the scorer calls BOGUS as backgrounds, injects sources of each S/N and
 * has the same scorer judge what it would have got over the wire. One thread.
 */
public final class Canary {
    private static final String SURVEY = "CANARY";

    private final PollScorer scorer;
    private final List<CoaddKind> channels;
    private final RecallMeter meter;
    private final BiConsumer<String, byte[]> publish;

    /**
     * @param scorer as the stream has it
     * @param channels the coadds it looks at
     * @param publish takes the id and the value of each injected alert
     */
    public Canary(PollScorer scorer, List<CoaddKind> channels, RecallMeter meter, BiConsumer<String, byte[]> publish) {
        this.scorer = scorer;
        this.channels = List.copyOf(channels);
        this.meter = meter;
        this.publish = publish;
    }

    /** Uses the value of an alert, and answers whether it was a background. */
    public boolean offer(byte[] value) {
        Optional<Stamp> background = background(scorer.score(List.of(value)).get(0));
        background.ifPresent(stamp -> inject(nameOf(value), stamp));
        return background.isPresent();
    }

    /** The same alert gives the same name. */
    private static String nameOf(byte[] value) {
        return Integer.toHexString(Arrays.hashCode(value));
    }

    private static Optional<Stamp> background(Outcome outcome) {
        return outcome instanceof Outcome.Judged judged
                        && judged.judgement() instanceof Judgement.Scored scored
                        && scored.verdict() == Verdict.BOGUS
                ? judged.alert().stamp()
                : Optional.empty();
    }

    private void inject(String name, Stamp background) {
        List<byte[]> values = new ArrayList<>();
        for (int signalToNoise : RecallMeter.SIGNAL_TO_NOISE) {
            String id = "canary-" + name + "-" + signalToNoise;
            byte[] value = StampAlertWriter.write(id, SURVEY, channels, Injection.of(background, signalToNoise));
            publish.accept(id, value);
            values.add(value);
        }
        List<Outcome> outcomes = scorer.score(values);
        for (int i = 0; i < outcomes.size(); i++) {
            boolean isFound = outcomes.get(i) instanceof Outcome.Judged judged
                    && judged.judgement().verdict() == Verdict.REAL;
            meter.add(RecallMeter.SIGNAL_TO_NOISE.get(i), isFound);
        }
    }
}
