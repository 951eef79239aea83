package dev.stampede.streaming;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.explain.Aperture;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.ModelLabels;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.scoring.StampScorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Takes a stamp's first pixel for the probability; abstains where that is none. Notes what it is asked. */
public final class FirstPixelModel implements ModelHandle {
    public static final PixelQuality QUALITY = new PixelQuality(1, 2, 0.25f, 3, 4);
    public static final ModelIdentity IDENTITY = new ModelIdentity(
            new ModelLabels("first-pixel", "7", "ab".repeat(32), "asinh-snr", "cpu"),
            0.5f,
            new ModelContract.Input(List.of(Plane.MEDIAN), Alerts.SIDE),
            Padding.NONE,
            Domain.ofTraining(OptionalDouble.of(0.5)));

    public final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    public final List<Integer> explained = Collections.synchronizedList(new ArrayList<>());
    public final AtomicInteger opened = new AtomicInteger();
    public final AtomicInteger closed = new AtomicInteger();
    private volatile boolean failsToExplain;
    private volatile IntPredicate fails = size -> false;

    /** From now on fails on batches of these sizes. */
    public void failOn(IntPredicate sizes) {
        fails = sizes;
    }

    /** From now on explains nothing, or all again. */
    public void failExplanations(boolean fail) {
        failsToExplain = fail;
    }

    @Override
    public ModelIdentity identity() {
        return IDENTITY;
    }

    @Override
    public StampScorer newScorer() {
        opened.incrementAndGet();
        return new StampScorer() {
            @Override
            public List<Prediction> score(List<Stamp> stamps) {
                batches.add(stamps.size());
                if (fails.test(stamps.size())) {
                    throw new IllegalStateException("the engine is on fire");
                }
                return stamps.stream().map(FirstPixelModel::predict).toList();
            }

            @Override
            public String executionProvider() {
                return IDENTITY.executionProvider();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Override
    public StampExplainer newExplainer(OcclusionSettings settings) {
        opened.incrementAndGet();
        return new StampExplainer() {
            @Override
            public List<Explanation> explain(List<Stamp> stamps, List<Verdict> verdicts) {
                explained.add(stamps.size());
                if (failsToExplain) {
                    throw new IllegalStateException("the engine is on fire");
                }
                return stamps.stream().map(FirstPixelModel::explain).toList();
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    /** A map whose pixel of row 3 and column 5 has the probability, and of which as much lies in the aperture. */
    private static Explanation explain(Stamp stamp) {
        Prediction prediction = predict(stamp);
        if (!(prediction instanceof Prediction.Scored scored)) {
            return new Explanation(prediction, Optional.empty());
        }
        float[] pixels = new float[Alerts.SIDE * Alerts.SIDE];
        pixels[3 * Alerts.SIDE + 5] = scored.probability();
        Grid map = Grid.of(Alerts.SIDE, Alerts.SIDE, pixels);
        return new Explanation(
                prediction,
                Optional.of(new OcclusionResult(map, map, new Aperture(10, 10, 5), 1 - scored.probability(), 1)));
    }

    private static Prediction predict(Stamp stamp) {
        float probability = stamp.pixel(0, 0, 0);
        if (!(probability >= 0 && probability <= 1)) {
            return new Prediction.Abstained(Abstention.BLANK, QUALITY);
        }
        Verdict verdict = probability >= IDENTITY.threshold() ? Verdict.REAL : Verdict.BOGUS;
        return new Prediction.Scored(probability, verdict, QUALITY);
    }
}
