package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import java.util.ArrayList;
import java.util.List;

/** The two parts of the work that need no broker, on the alerts of a pool, each as the stream does it. */
final class PartLoops {
    /** Stamps in one run of the model, as in the stream. */
    private static final int BATCH = 64;

    private static final int MAX_ALERT_BYTES = 1 << 20;

    private final StampClassifier classifier;
    private final List<byte[]> values = new ArrayList<>();
    private final List<float[]> normalised = new ArrayList<>();

    PartLoops(StampClassifier classifier, AlertPool pool) {
        this.classifier = classifier;
        for (int number = 0; number < pool.stamps().size(); number++) {
            values.add(pool.value(number));
        }
        Normaliser normaliser = newNormaliser();
        for (Stamp stamp : pool.stamps()) {
            float[] pixels = new float[inputPixels()];
            normalise(stamp, pixels, normaliser);
            normalised.add(pixels);
        }
    }

    private int planePixels() {
        return classifier.contract().stampSize() * classifier.contract().stampSize();
    }

    private int inputPixels() {
        return classifier.contract().channels().size() * planePixels();
    }

    private Normaliser newNormaliser() {
        return classifier.contract().recipe().newNormaliser(planePixels());
    }

    private void normalise(Stamp stamp, float[] pixels, Normaliser normaliser) {
        stamp.centreCrop(classifier.contract().stampSize()).copyTo(pixels, 0);
        for (int start = 0; start < pixels.length; start += planePixels()) {
            normaliser.normalise(pixels, start, pixels, start);
        }
    }

    /** Runs the model on batches that are normalised already. */
    Loop score() {
        Scorer scorer = classifier.newScorer(BATCH);
        return new Loop() {
            private int next;
            private float sum;

            @Override
            public int step() {
                scorer.clear();
                for (int i = 0; i < BATCH; i++) {
                    scorer.add(normalised.get(next++ % normalised.size()));
                }
                scorer.run();
                for (int i = 0; i < BATCH; i++) {
                    sum += scorer.probability(i);
                }
                if (Float.isNaN(sum)) {
                    throw new IllegalStateException("a probability is NaN"); // and so nothing can be optimised away
                }
                return BATCH;
            }

            @Override
            public void close() {
                scorer.close();
            }
        };
    }

    /** Decodes alerts and normalises their stamps. */
    Loop decodeNormalise() {
        AlertDecoder decoder = new AlertDecoder(classifier.contract().channels(), MAX_ALERT_BYTES);
        Normaliser normaliser = newNormaliser();
        float[] pixels = new float[inputPixels()];
        return new Loop() {
            private int next;

            @Override
            public int step() {
                for (int i = 0; i < BATCH; i++) {
                    byte[] value = values.get(next++ % values.size());
                    if (!(decoder.decode(value) instanceof Alert alert)) {
                        throw new IllegalStateException("an alert of ours cannot be read");
                    }
                    normalise(alert.stamp().orElseThrow(), pixels, normaliser);
                }
                return BATCH;
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }
}
