package dev.stampede.streaming.scoring;

import dev.stampede.streaming.monitor.StreamMetrics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The models that score now: the live model and, if set, a shadow. Scorers are opened in {@link #open}, so that a replaced
 * model is never opened again and can be closed at once: open scorers keep it alive. Thread-safe.
 */
public final class ActiveModels {
    private final StreamMetrics metrics;
    private final List<Consumer<ModelHandle>> swapListeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> shadowFailure = new AtomicReference<>();
    private volatile ModelPair current;

    /** Starts with {@code first} as the live model and without a shadow; reports changes to {@code metrics}. */
    public ActiveModels(ModelHandle first, StreamMetrics metrics) {
        this.metrics = metrics;
        current = new ModelPair(first, Optional.empty());
    }

    /** The models used at this moment. */
    public ModelPair current() {
        return current;
    }

    /** The model whose verdicts are published. */
    public ModelHandle live() {
        return current.live();
    }

    /** The result of {@code opener} for the current models; they are not replaced while it runs. */
    public synchronized <T> T open(Function<ModelPair, T> opener) {
        return opener.apply(current);
    }

    /**
     * Swaps the live model: every thread uses {@code next} from its next poll on. {@code next} must fit the stream ({@link
     * AlertScorerFactory#mismatch}). The previous model can be closed at once: polls in progress keep it alive.
     */
    public void swapTo(ModelHandle next) {
        replace(models -> new ModelPair(next, models.shadow()));
        metrics.classifiedBy(next.identity().labels());
        metrics.releases().swapped();
        swapListeners.forEach(listener -> listener.accept(next));
    }

    /** Calls {@code listener} with every model that becomes live. */
    public void onSwap(Consumer<ModelHandle> listener) {
        swapListeners.add(listener);
    }

    /** Scores with {@code shadow} in addition to the live model, on every thread from its next poll on. */
    public void setShadow(ShadowModel shadow) {
        changeShadow(Optional.of(shadow));
    }

    /** Scores without a shadow from the next poll on. */
    public void removeShadow() {
        changeShadow(Optional.empty());
    }

    private void changeShadow(Optional<ShadowModel> next) {
        shadowFailure.set(null);
        metrics.releases()
                .shadowedBy(next.map(shadow -> shadow.model().identity().labels()));
        replace(models -> new ModelPair(models.live(), next));
    }

    /** Removes a shadow that failed, for all threads. */
    void dropShadow(ShadowModel failed, RuntimeException cause) {
        boolean dropped = replace(models ->
                models.shadow().equals(Optional.of(failed)) ? new ModelPair(models.live(), Optional.empty()) : models);
        if (dropped) { // and not by another thread before
            metrics.releases().shadowedBy(Optional.empty());
            shadowFailure.set(cause);
        }
    }

    /** Why the shadow that was set last was dropped; empty if it was not. */
    public Optional<RuntimeException> shadowFailure() {
        return Optional.ofNullable(shadowFailure.get());
    }

    /** Applies {@code change}; returns whether it changed anything. */
    private synchronized boolean replace(UnaryOperator<ModelPair> change) {
        ModelPair before = current;
        current = change.apply(before);
        return !current.equals(before);
    }
}
