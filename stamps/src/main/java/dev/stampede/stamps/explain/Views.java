package dev.stampede.stamps.explain;

import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges each stamp in its eight views, the four quarter turns and their mirror images, and takes the mean. The sky has
 * no upright, so what the views disagree about is the network's own doubt. Holds buffers: one instance a thread.
 */
public final class Views implements AutoCloseable {
    /** The symmetries of the square. */
    public static final int COUNT = 8;

    private static final int MIRROR = 4;

    private final Judge judge;
    private final int stampSize;
    private final float threshold;
    private final int batch;

    private Views(StampClassifier classifier, int batch) {
        this.batch = batch;
        judge = classifier.newJudge(batch * COUNT);
        stampSize = classifier.contract().stampSize();
        threshold = classifier.contract().threshold();
    }

    /** Views of up to {@code batch} stamps in one run of the model; close it before the classifier. */
    public static Views of(StampClassifier classifier, int batch) {
        return new Views(classifier, batch);
    }

    /**
     * The outcome for each stamp, in order, as a {@link Judge} gives it but over eight views: the mean probability, the
     * verdict that follows from it, and the spread.
     */
    public List<Judgement> judge(List<Stamp> stamps) {
        List<Judgement> outcome = new ArrayList<>(stamps.size());
        for (int first = 0; first < stamps.size(); first += batch) {
            List<Stamp> views = new ArrayList<>();
            for (Stamp stamp : stamps.subList(first, Math.min(stamps.size(), first + batch))) {
                addViews(stamp, views);
            }
            List<Judgement> judgements = judge.judge(views);
            for (int i = 0; i < judgements.size(); i += COUNT) {
                outcome.add(mean(judgements.subList(i, i + COUNT)));
            }
        }
        return outcome;
    }

    private void addViews(Stamp stamp, List<Stamp> views) {
        boolean fits = stamp.height() >= stampSize && stamp.width() >= stampSize;
        // Cropped first, for in a larger stamp of even size the centre moves when it is turned.
        Stamp seen = fits ? stamp.centreCrop(stampSize) : stamp;
        for (int view = 0; view < COUNT; view++) {
            views.add(fits ? turned(seen, view) : seen);
        }
    }

    /** A square stamp turned by {@code view % 4} quarter turns, and mirrored first from view 4 on. */
    static Stamp turned(Stamp stamp, int view) {
        int size = stamp.height();
        float[] pixels = new float[stamp.channels() * size * size];
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
        return Stamp.of(stamp.channels(), size, size, pixels);
    }

    private Judgement mean(List<Judgement> views) {
        double sum = 0;
        double squares = 0;
        for (Judgement view : views) {
            if (!(view instanceof Scored scored)) {
                return view; // the views hold the same pixels, so none of them is judged
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
        judge.close();
    }
}
