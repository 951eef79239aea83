package dev.stampede.streaming.scoring;

import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the alert scorer of each stream thread, and holds what the threads share: the models, the input and the
 * listeners. Thread-safe.
 */
public final class AlertScorerFactory implements PollScorerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(AlertScorerFactory.class);

    private final ActiveModels models;
    private final ModelIdentity first;
    private final PacketInput input;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final ScorerDecorator decorator;
    private final List<OutcomeListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();

    /** Reads the formats of {@link PacketInput#standard}, up to {@code maxAlertBytes}. */
    public AlertScorerFactory(ModelHandle model, int maxAlertBytes, StreamMetrics metrics, Clock clock) {
        this(model, PacketInput.standard(maxAlertBytes), metrics, clock);
    }

    /** Scores with {@code model} and explains nothing. */
    public AlertScorerFactory(ModelHandle model, PacketInput input, StreamMetrics metrics, Clock clock) {
        this(new ActiveModels(model, metrics), input, metrics, clock, ScorerDecorator.NONE);
    }

    /**
     * Scores with {@code models}, by scorers that {@code decorator} wraps. Throws as {@link PacketInput#requireScale} if
     * images are to be resampled for a model that does not state its pixel scale.
     */
    public AlertScorerFactory(
            ActiveModels models, PacketInput input, StreamMetrics metrics, Clock clock, ScorerDecorator decorator) {
        this.models = models;
        this.first = models.live().identity();
        this.input = input;
        this.metrics = metrics;
        this.clock = clock;
        this.decorator = decorator;
        input.requireScale(first.grid());
    }

    @Override
    public PollScorer newScorer() {
        return new HotSwapScorer(this);
    }

    ScorerDecorator decorator() {
        return decorator;
    }

    /** Passes the outcomes of every batch to {@code listener} from now on. */
    public void addListener(OutcomeListener listener) {
        listeners.add(listener);
    }

    /** Removes a listener that throws: it must not affect scoring. */
    void notifyListeners(List<Outcome> outcomes) {
        listeners.forEach(listener -> {
            try {
                listener.observe(outcomes);
            } catch (RuntimeException e) {
                listeners.remove(listener);
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("listener", listener.getClass().getSimpleName())
                        .log("Outcome listener failed and was removed; its page or metric is no longer updated");
            }
        });
    }

    public ActiveModels models() {
        return models;
    }

    /** The live model. */
    public ModelHandle model() {
        return models.live();
    }

    /** Why a model does not fit this stream; empty if it does. */
    public Optional<String> mismatch(ModelIdentity other) {
        if (!other.planes().equals(first.planes())) {
            return Optional.of("it reads the coadds " + other.planes() + ", the stream " + first.planes());
        }
        if (other.stampSize() != first.stampSize()) {
            return Optional.of("its stamps have " + other.stampSize() + " rows and columns, those of the stream "
                    + first.stampSize());
        }
        return input.lacksScale(other.grid())
                ? Optional.of("it does not state its pixel scale, to which images are to be resampled")
                : Optional.empty();
    }

    /** The input format and how it is decoded. */
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
     * The first failure to score a poll as a batch; empty if none happened. It is kept until a restart: scoring records
     * one by one hides the fault.
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
