package dev.stampede.streaming.explain;

import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.PollScorerFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens the explainers of polled requests, one per thread. Thread-safe. */
public final class RequestExplainerFactory implements PollScorerFactory {
    private final StampExplainerFactory explainers;
    private final OutputRecords output;
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();

    public RequestExplainerFactory(StampExplainerFactory explainers, OutputRecords output) {
        this.explainers = explainers;
        this.output = output;
    }

    @Override
    public PollScorer newScorer() {
        return new RequestExplainer(explainers, output.newRequestDecoder());
    }

    public StampExplainerFactory explainers() {
        return explainers;
    }

    OutputRecords output() {
        return output;
    }

    @Override
    public void batched(int values) {}

    @Override
    public boolean batchFailed(RuntimeException failure) {
        return batchFailure.compareAndSet(null, failure);
    }

    /** The first failure to explain a poll as a batch; empty if none happened. */
    public Optional<RuntimeException> batchFailure() {
        return Optional.ofNullable(batchFailure.get());
    }
}
