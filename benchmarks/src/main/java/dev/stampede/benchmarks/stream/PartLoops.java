package dev.stampede.benchmarks.stream;

import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.systemtests.harness.AlertPool;
import java.util.ArrayList;
import java.util.List;

/** The two parts of the work that need no broker, on the alerts of a pool, each as in the stream. */
final class PartLoops {
    private static final int MAX_ALERT_BYTES = 1 << 20;

    private final StampModel model;
    /** Stamps of one run of the model, as in the stream. */
    private final int batch;

    private final ModelContract contract;
    private final int planePixels;
    private final List<byte[]> values = new ArrayList<>();
    private final List<float[]> normalised = new ArrayList<>();

    PartLoops(StampModel model, AlertPool pool) {
        this.model = model;
        this.batch = VerifiedModel.maxBatch(model);
        this.contract = model.contract();
        this.planePixels = contract.stampSize() * contract.stampSize();
        Normaliser normaliser = contract.preprocessing().recipe(0).newNormaliser(1, planePixels);
        for (int number = 0; number < pool.stamps().size(); number++) {
            values.add(pool.value(number));
            float[] pixels = newInput();
            normalise(pool.stamps().get(number), pixels, normaliser);
            normalised.add(pixels);
        }
    }

    private float[] newInput() {
        return new float[contract.planes().size() * planePixels];
    }

    private void normalise(Stamp stamp, float[] pixels, Normaliser normaliser) {
        stamp.centreCrop(contract.stampSize()).copyTo(pixels, 0);
        for (int start = 0; start < pixels.length; start += planePixels) {
            normaliser.normalise(pixels, start, pixels, start);
        }
    }

    /** Runs the model on normalised batches. */
    Loop score() {
        Scorer scorer = model.newScorer(batch);
        return new Loop() {
            private int next;
            private float sum;

            @Override
            public int step() {
                scorer.clear();
                for (int i = 0; i < batch; i++) {
                    scorer.add(normalised.get(next++ % normalised.size()));
                }
                scorer.run();
                for (int i = 0; i < batch; i++) {
                    sum += scorer.probability(i);
                }
                if (Float.isNaN(sum)) {
                    throw new IllegalStateException("A probability is NaN"); // and nothing can be optimised away
                }
                return batch;
            }

            @Override
            public void close() {
                scorer.close();
            }
        };
    }

    /** Decodes alerts and normalises their stamps. */
    Loop decodeNormalise() {
        AlertDecoder decoder = new AlertDecoder(contract.planes(), MAX_ALERT_BYTES);
        Normaliser normaliser = contract.preprocessing().recipe(0).newNormaliser(1, planePixels);
        float[] pixels = newInput();
        return new Loop() {
            private int next;

            @Override
            public int step() {
                for (int i = 0; i < batch; i++) {
                    byte[] value = values.get(next++ % values.size());
                    if (!(decoder.decode(value) instanceof Alert alert)) {
                        throw new IllegalStateException("An alert of the pool cannot be decoded");
                    }
                    normalise(alert.stamp().orElseThrow(), pixels, normaliser);
                }
                return batch;
            }

            @Override
            public void close() {
                // nothing to release
            }
        };
    }
}
