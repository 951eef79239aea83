package dev.stampede.streaming.scoring;

import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** All that the threads of a stream share to score alerts; each takes a scorer of its own. Thread-safe. */
public final class Scoring {
    private final ScoringModel model;
    private final PacketInput input;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();

    /** Reads what {@link PacketInput#standard} reads, up to {@code maxAlertBytes}. */
    public Scoring(ScoringModel model, int maxAlertBytes, StreamMetrics metrics, Clock clock) {
        this(model, PacketInput.standard(maxAlertBytes), metrics, clock);
    }

    /**
     * @throws dev.stampede.stamps.terminal.CommandFailure if images are to be resampled for a model that does not say its
     *     pixel scale
     */
    public Scoring(ScoringModel model, PacketInput input, StreamMetrics metrics, Clock clock) {
        input.demandScale(model.identity().grid());
        this.model = model;
        this.input = input;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A scorer for one thread; close it before the model. */
    public AlertScorer newScorer() {
        ModelIdentity identity = model.identity();
        return new AlertScorer(
                input.newDecoder(identity.channels(), identity.grid()), model.newScorer(), metrics, clock);
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

    /** Remembers {@code failure} and answers whether it is the first. */
    boolean batchFailed(RuntimeException failure) {
        return batchFailure.compareAndSet(null, failure);
    }
}
