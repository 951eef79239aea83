package dev.stampede.streaming.scoring;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the threads of a stream share to score alerts; each takes a scorer of its own, which follows where another
 * model comes to judge. Thread-safe.
 */
public final class Scoring implements PollScoring {
    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);

    private final CurrentModels models;
    private final ModelIdentity first;
    private final PacketInput input;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final List<OutcomeWatch> watches = new CopyOnWriteArrayList<>();
    private final List<Consumer<ScoringModel>> swapWatches = new CopyOnWriteArrayList<>();
    private final Optional<Explaining> explaining;
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();
    private final AtomicReference<@Nullable RuntimeException> shadowFailure = new AtomicReference<>();

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
        this.models = new CurrentModels(new Models(model, Optional.empty()));
        this.first = model.identity();
        this.input = input;
        this.metrics = metrics;
        this.clock = clock;
        explaining = explanations.explainsAny()
                ? Optional.of(Explaining.of(models, explanations, metrics))
                : Optional.empty();
    }

    @Override
    public PollScorer newScorer() {
        return new FollowingScorer(this);
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

    /** The model that judges now. */
    public ScoringModel model() {
        return models.now().live();
    }

    CurrentModels models() {
        return models;
    }

    /** What scores beside it; empty where nothing does. */
    public Optional<Shadow> shadow() {
        return models.now().shadow();
    }

    /**
     * From its next poll on every thread judges with {@code next}, which must {@link #misfit} nothing. The model before
     * can be closed at once: polls that are under way keep it alive.
     */
    public void judgeWith(ScoringModel next) {
        models.replace(now -> new Models(next, now.shadow()));
        metrics.judgedBy(next.identity().inMetrics());
        metrics.releases().swapped();
        swapWatches.forEach(watch -> watch.accept(next));
    }

    /** From its next poll on every thread has {@code next} score beside the model that judges, or none. */
    public void shadowWith(Optional<Shadow> next) {
        shadowFailure.set(null);
        metrics.releases()
                .shadowedBy(next.map(shadow -> shadow.model().identity().inMetrics()));
        models.replace(now -> new Models(now.live(), next));
    }

    /** A shadow failed: no thread asks it again. */
    void dropShadow(Shadow failed, RuntimeException cause) {
        boolean dropped = models.replace(
                now -> now.shadow().equals(Optional.of(failed)) ? new Models(now.live(), Optional.empty()) : now);
        if (dropped) { // and not another thread before
            metrics.releases().shadowedBy(Optional.empty());
            shadowFailure.set(cause);
        }
    }

    /** Why the shadow that was set last scores no more; empty while it does. */
    public Optional<RuntimeException> shadowFailure() {
        return Optional.ofNullable(shadowFailure.get());
    }

    /** {@code watch} is told of every model that comes to judge. */
    public void onSwap(Consumer<ScoringModel> watch) {
        swapWatches.add(watch);
    }

    /** Why a model cannot judge in this stream, in words; empty where it can. */
    public Optional<String> misfit(ModelIdentity other) {
        if (!other.channels().equals(first.channels())) {
            return Optional.of("it looks at the coadds " + other.channels() + ", the stream at " + first.channels());
        }
        if (other.stampSize() != first.stampSize()) {
            return Optional.of("its stamps have " + other.stampSize() + " rows and columns, those of the stream "
                    + first.stampSize());
        }
        return input.lacksScale(other.grid())
                ? Optional.of("it does not say its pixel scale, to which images are to be resampled")
                : Optional.empty();
    }

    /** An explainer for one thread, of the model that judges now; throws as {@link ScoringModel#newExplainer}. */
    public ModelExplainer newExplainer(OcclusionSettings settings) {
        return models.open(
                now -> new ModelExplainer(now.live().identity(), now.live().newExplainer(settings)));
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
