package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.ModelContract;

/**
 * Labels between the two classes: the mean of the label of a stamp, 0 or 1, and of the probability that another model, the
 * teacher, gives it (distillation, Hinton et al. 2015, arXiv:1503.02531, with a temperature of 1). Immutable.
 */
public final class SoftLabels {
    /** The labels alone. */
    static final SoftLabels NONE = new SoftLabels("", new float[0]);

    private static final int BOGUS = ModelContract.TWO_CLASSES.indexOf("bogus");
    private static final int REAL = ModelContract.TWO_CLASSES.indexOf(ModelContract.REAL);

    private final String teacher;
    private final float[] probabilities;

    private SoftLabels(String teacher, float[] probabilities) {
        this.teacher = teacher;
        this.probabilities = probabilities;
    }

    /**
     * The labels of a teacher.
     *
     * @param teacher its SHA-256
     * @param probabilities that each stamp of the data set is real; NaN keeps the label of a stamp
     */
    public static SoftLabels of(String teacher, float[] probabilities) {
        return new SoftLabels(teacher, probabilities.clone());
    }

    /** Whether they are the labels alone. */
    boolean isEmpty() {
        return probabilities.length == 0;
    }

    /** Moves the label at {@code labels[offset]} of a stamp half of the way to the probabilities of the teacher. */
    void soften(int stamp, float[] labels, int offset) {
        if (isEmpty() || Float.isNaN(probabilities[stamp])) {
            return;
        }
        labels[offset + REAL] = (labels[offset + REAL] + probabilities[stamp]) / 2;
        labels[offset + BOGUS] = (labels[offset + BOGUS] + 1 - probabilities[stamp]) / 2;
    }

    /** What the labels depend on. */
    @Override
    public String toString() {
        return isEmpty() ? "" : " taught by " + teacher;
    }
}
