package dev.stampede.streaming;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.ModelLabels;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.scoring.StampScorer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Another model than {@link FirstPixelModel}: it says a fixed share of its probability. Refuses to open once closed. */
public final class ReleasedModel implements ModelHandle {
    private final FirstPixelModel model = new FirstPixelModel();
    private final ModelIdentity identity;
    private final float share;
    private volatile boolean isBroken;
    private volatile boolean isClosed;
    private volatile long nanosAScore;
    public final AtomicInteger open = new AtomicInteger();

    private ReleasedModel(ModelIdentity identity, float share) {
        this.identity = identity;
        this.share = share;
    }

    /**
     * One of that name and version.
     *
     * @param share of the first pixel, 0 to 1, that it says is the probability
     */
    public static ReleasedModel named(String name, String version, float share) {
        ModelIdentity first = FirstPixelModel.IDENTITY;
        String sha256 =
                Integer.toHexString(0x10000000 | (name.hashCode() & 0xffffff)).repeat(8);
        return new ReleasedModel(
                new ModelIdentity(
                        new ModelLabels(name, version, sha256, first.recipe(), first.executionProvider()),
                        first.threshold(),
                        first.input(),
                        first.padding(),
                        first.domain()),
                share);
    }

    /** From now on no run succeeds. */
    public void breakDown() {
        isBroken = true;
    }

    /** From now on a run takes that long at least. */
    public void takeNanos(long nanos) {
        nanosAScore = nanos;
    }

    public boolean isClosed() {
        return isClosed;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("the model " + identity.name() + " is closed");
        }
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public StampScorer newScorer() {
        requireOpen();
        open.incrementAndGet();
        StampScorer scorer = model.newScorer();
        return new StampScorer() {
            @Override
            public List<Prediction> score(List<Stamp> stamps) {
                long end = System.nanoTime() + nanosAScore;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                if (isBroken) {
                    throw new IllegalStateException("the model is broken");
                }
                return scorer.score(stamps).stream()
                        .map(prediction -> prediction instanceof Scored scored ? shared(scored) : prediction)
                        .toList();
            }

            @Override
            public String executionProvider() {
                return "cpu";
            }

            @Override
            public void close() {
                open.decrementAndGet();
                scorer.close();
            }
        };
    }

    private Prediction shared(Scored scored) {
        float probability = scored.probability() * share;
        Verdict verdict = probability >= identity.threshold() ? Verdict.REAL : Verdict.BOGUS;
        return new Scored(probability, verdict, scored.quality());
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        requireOpen();
        return model.newExplainer(settings);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
