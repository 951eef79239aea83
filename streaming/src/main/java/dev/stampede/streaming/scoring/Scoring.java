package dev.stampede.streaming.scoring;

import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the threads of a stream share to score alerts; each takes a scorer of its own. Thread-safe. */
public final class Scoring implements PollScoring {
    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);

    private final ScoringModel model;
    private final PacketInput input;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final List<OutcomeWatch> watches = new CopyOnWriteArrayList<>();
    private final Optional<Explaining> explaining;
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();

    /** Reads what {@link PacketInput#standard} reads, up to {@code maxAlertBytes}. */
    public Scoring(ScoringModel model, int maxAlertBytes, StreamMetrics metrics, Clock clock) {
        this(model, PacketInput.standard(maxAlertBytes), metrics, clock);
    }

    /** Explains nothing. */
    public Scoring(ScoringModel model, PacketInput input, StreamMetrics metrics, Clock clock) {
        this(model, input, metrics, clock, ExplanationSettings.NONE);
    }

    /**
     * @throws dev.stampede.stamps.terminal.CommandFailure if the model's stamps cannot be explained as the settings say,
     *     or images are to be resampled for a model that does not say its pixel scale
     */
    public Scoring(
            ScoringModel model,
            PacketInput input,
            StreamMetrics metrics,
            Clock clock,
            ExplanationSettings explanations) {
        input.demandScale(model.identity().grid());
        this.model = model;
        this.input = input;
        this.metrics = metrics;
        this.clock = clock;
        explaining = explanations.explainsAny()
                ? Optional.of(Explaining.of(model, explanations, metrics))
                : Optional.empty();
    }

    @Override
    public PollScorer newScorer() {
        ModelIdentity identity = model.identity();
        PollScorer judging =
                new AlertScorer(input.newDecoder(identity.channels(), identity.grid()), model.newScorer(), this);
        return explaining
                .filter(explanations -> !explanations.settings().explainsLater())
                .<PollScorer>map(explanations -> new InlineExplaining(judging, explanations))
                .orElse(judging);
    }

    /** How verdicts are explained; empty where none is. */
    public Optional<Explaining> explaining() {
        return explaining;
    }

    /** From now on {@code watch} sees the outcomes of every batch. */
    public void show(OutcomeWatch watch) {
        watches.add(watch);
    }

    /** Shows outcomes to those who watch; a watch that fails is taken off, for judging must not suffer from it. */
    void seen(List<Outcome> outcomes) {
        watches.forEach(watch -> {
            try {
                watch.saw(outcomes);
            } catch (RuntimeException e) {
                watches.remove(watch);
                LOG.error("A watch of outcomes failed and is taken off; its page or metric stands still", e);
            }
        });
    }

    public ScoringModel model() {
        return model;
    }

    /** What is read, and how. */
    public PacketInput input() {
        return input;
    }

    public StreamMetrics metrics() {
        return metrics;
    }

    public Clock clock() {
        return clock;
    }

    /**
     * The first failure to score a poll as a batch; empty while none happened. It stays until a restart: scoring one
     * by one hides the fault, so someone must see it.
     */
    public Optional<RuntimeException> batchFailure() {
        return Optional.ofNullable(batchFailure.get());
    }

    @Override
    public void batched(int values) {
        metrics.batchOf(values);
    }

    @Override
    public boolean batchFailed(RuntimeException failure) {
        return batchFailure.compareAndSet(null, failure);
    }
}
