package dev.stampede.training.network;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.FeatureMask;
import dev.stampede.training.dataset.StampShape;
import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A batch of examples as tensors. Holds memory outside the heap until it is closed. */
public final class StampBatch implements AutoCloseable {
    private final INDArray stamps;
    private final INDArray labels;
    /** Empty if the network takes none. */
    private final INDArray features;

    private StampBatch(INDArray stamps, INDArray labels, INDArray features) {
        this.stamps = stamps;
        this.labels = labels;
        this.features = features;
    }

    /** The examples at {@code indices}, in that order. */
    public static StampBatch of(Examples examples, int[] indices) {
        return of(examples, indices, FeatureMask.NONE);
    }

    /** The same with the features that {@code mask} does not hide at a position. */
    public static StampBatch of(Examples examples, int[] indices, FeatureMask mask) {
        return of(examples, indices, position -> Dihedral.IDENTITY, mask);
    }

    /**
     * The same with augmentation.
     *
     * @param symmetry the {@link Dihedral} of each position, 0 to 7
     * @param mask the features that are hidden at each position
     */
    public static StampBatch of(Examples examples, int[] indices, IntUnaryOperator symmetry, FeatureMask mask) {
        StampShape shape = examples.shape();
        Dihedral dihedral = new Dihedral(shape.size());
        float[] pixels = new float[indices.length * shape.pixels()];
        int classes = examples.classes().size();
        float[] labels = new float[indices.length * classes];
        float[] one = new float[shape.pixels()];
        for (int i = 0; i < indices.length; i++) {
            examples.copyTo(indices[i], one, 0);
            int which = symmetry.applyAsInt(i);
            for (int channel = 0; channel < shape.planes(); channel++) {
                int plane = channel * shape.planePixels();
                dihedral.apply(which, one, plane, pixels, i * shape.pixels() + plane);
            }
            examples.putLabel(indices[i], labels, classes * i);
        }
        return new StampBatch(
                Nd4j.create(pixels, new long[] {indices.length, shape.planes(), shape.size(), shape.size()}, 'c'),
                Nd4j.create(labels, new long[] {indices.length, classes}, 'c'),
                features(examples, indices, mask));
    }

    private static INDArray features(Examples examples, int[] indices, FeatureMask mask) {
        FeatureInput input = examples.featureInput();
        if (input.isEmpty()) {
            return Nd4j.empty();
        }
        FloatBuffer values = FloatBuffer.allocate(indices.length * input.width());
        for (int i = 0; i < indices.length; i++) {
            input.put(mask.visible(examples.features(indices[i]), i, input.features()), values);
        }
        return Nd4j.create(values.array(), new long[] {indices.length, input.width()}, 'c');
    }

    /**
     * Label smoothing (Szegedy et al. 2016): moves the probability {@code smoothing} from the true class to all classes.
     */
    public void smoothLabels(double smoothing) {
        if (smoothing > 0) {
            labels.muli(1 - smoothing).addi(smoothing / labels.columns());
        }
    }

    /** The number of stamps. */
    public int size() {
        return (int) stamps.size(0);
    }

    /**
     * The inputs of the network: the stamps, float32 [N, channel, row, column], and if it takes features those, float32 [N,
     * numbers].
     */
    public INDArray[] inputs() {
        return features.isEmpty() ? new INDArray[] {stamps} : new INDArray[] {stamps, features};
    }

    /** float32 [N, class], the probability of each class that the network is to give. */
    public INDArray labels() {
        return labels;
    }

    @Override
    public void close() {
        stamps.close();
        labels.close();
        if (!features.isEmpty()) {
            features.close();
        }
    }
}
