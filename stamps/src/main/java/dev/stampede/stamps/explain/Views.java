package dev.stampede.stamps.explain;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicts each stamp as the mean over its eight views, the four rotations by 90 degrees and their mirror images. The sky
 * has no preferred orientation, so the spread of the views measures the uncertainty of the network. Not thread-safe.
 */
public final class Views implements AutoCloseable {
    /** The symmetries of the square. */
    public static final int COUNT = 8;

    private static final int MIRROR = 4;

    private final StampPredictor predict;
    private final int stampSize;
    private final float threshold;
    private final int batch;

    private Views(StampModel classifier, int batch) {
        this.batch = batch;
        predict = classifier.newPredictor(batch * COUNT);
        stampSize = classifier.contract().stampSize();
        threshold = classifier.contract().threshold();
    }

    /** Views of up to {@code batch} stamps in one run of the model; close it before the model. */
    public static Views of(StampModel classifier, int batch) {
        return new Views(classifier, batch);
    }

    /**
     * The prediction for each stamp, in order, like that of a {@link StampPredictor} but over eight views: the mean
     * probability, the verdict that follows from it, and the spread.
     */
    public List<Prediction> predict(List<Stamp> stamps) {
        List<Prediction> outcome = new ArrayList<>(stamps.size());
        for (int first = 0; first < stamps.size(); first += batch) {
            List<Stamp> views = new ArrayList<>();
            for (Stamp stamp : stamps.subList(first, Math.min(stamps.size(), first + batch))) {
                addViews(stamp, views);
            }
            List<Prediction> predictions = predict.predict(views);
            for (int i = 0; i < predictions.size(); i += COUNT) {
                outcome.add(mean(predictions.subList(i, i + COUNT)));
            }
        }
        return outcome;
    }

    private void addViews(Stamp stamp, List<Stamp> views) {
        boolean fits = stamp.height() >= stampSize && stamp.width() >= stampSize;
        // Cropped first: rotation moves the centre of a larger stamp of even size.
        Stamp observed = fits ? stamp.centreCrop(stampSize) : stamp;
        for (int view = 0; view < COUNT; view++) {
            views.add(fits ? turned(observed, view) : observed);
        }
    }

    /** A square stamp rotated by {@code view % 4} quarter turns, and mirrored first for views 4 to 7. */
    static Stamp turned(Stamp stamp, int view) {
        int size = stamp.height();
        float[] pixels = new float[stamp.planes() * size * size];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / size % size;
            int column = i % size;
            for (int turn = 0; turn < view % MIRROR; turn++) {
                int turnedRow = column;
                column = size - 1 - row;
                row = turnedRow;
            }
            pixels[i] = stamp.pixel(i / (size * size), row, view < MIRROR ? column : size - 1 - column);
        }
        return Stamp.of(stamp.planes(), size, size, pixels).withFeatures(stamp.features());
    }

    private Prediction mean(List<Prediction> views) {
        double sum = 0;
        double squares = 0;
        for (Prediction view : views) {
            if (!(view instanceof Scored scored)) {
                return view; // all views have the same pixels, so all abstain
            }
            sum += scored.probability();
            squares += (double) scored.probability() * scored.probability();
        }
        double mean = sum / COUNT;
        float probability = (float) Math.min(1, mean);
        Verdict verdict = probability >= threshold ? Verdict.REAL : Verdict.BOGUS;
        double spread = Math.sqrt(Math.max(0, squares / COUNT - mean * mean));
        return new Scored(probability, verdict, views.get(0).quality(), (float) spread);
    }

    @Override
    public void close() {
        predict.close();
    }
}
