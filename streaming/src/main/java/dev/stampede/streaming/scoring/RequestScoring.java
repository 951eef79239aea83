package dev.stampede.streaming.scoring;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes explanations of the requests of a poll. Thread-safe. */
public final class RequestScoring implements PollScoring {
    private final Explaining explaining;
    private final AtomicReference<@Nullable RuntimeException> batchFailure = new AtomicReference<>();

    public RequestScoring(Explaining explaining) {
        this.explaining = explaining;
    }

    @Override
    public PollScorer newScorer() {
        return new RequestScorer(explaining);
    }

    public Explaining explaining() {
        return explaining;
    }

    @Override
    public void batched(int values) {}

    @Override
    public boolean batchFailed(RuntimeException failure) {
        return batchFailure.compareAndSet(null, failure);
    }

    /** The first failure to explain a poll as a batch; empty while none happened. */
    public Optional<RuntimeException> batchFailure() {
        return Optional.ofNullable(batchFailure.get());
    }
}
