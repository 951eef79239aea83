package dev.stampede.training.network.layer;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.DropoutLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout that keeps no mask: backpropagation draws the same random numbers again. Values that are kept are divided by the
 * probability of keeping them.
 */
final class FastDropoutLayer extends DropoutLayer {
    private static final long serialVersionUID = 1;

    private static final int STAMPS_RANK = 4;

    /** A long has four random numbers of this many bits. */
    private static final int BITS = 16;

    private final double kept;
    private final boolean isFast;
    /** Of the last batch. */
    private transient long seed;

    FastDropoutLayer(NeuralNetConfiguration configuration, DataType type, double kept) {
        super(configuration, type);
        this.kept = kept;
        this.isFast = OneDnn.isEnabled(type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!drops() || !training) {
            return super.activate(training, workspaces);
        }
        seed = Nd4j.getRandom().nextLong();
        return dropped(input, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return drops()
                ? new Pair<>(new DefaultGradient(), dropped(epsilon, ArrayType.ACTIVATION_GRAD, workspaces))
                : super.backpropGradient(epsilon, workspaces);
    }

    /** A layer without its dropout, for a test of gradients, is that of Deeplearning4j. */
    private boolean drops() {
        return isFast && layerConf().getIDropout() != null;
    }

    private INDArray dropped(INDArray values, ArrayType kind, LayerWorkspaceMgr workspaces) {
        boolean isStamps = values.rank() == STAMPS_RANK;
        INDArray source = isStamps ? ChannelsLast.of(values) : values.dup('c');
        INDArray result = isStamps
                ? ChannelsLast.create(workspaces, kind, values.shape())
                : workspaces.createUninitialized(kind, DataType.FLOAT, values.shape(), 'c');
        int stamps = (int) values.size(0);
        float[] row = new float[(int) (values.length() / stamps)];
        FloatBuffer from = source.data().asNioFloat().slice();
        FloatBuffer to = result.data().asNioFloat().slice();
        SplittableRandom random = new SplittableRandom(seed);
        for (int stamp = 0; stamp < stamps; stamp++) {
            from.get(row);
            drop(row, random);
            to.put(row);
        }
        return result;
    }

    /** Without branches, which the processor could not predict. */
    private void drop(float[] values, SplittableRandom random) {
        long limit = Math.round(kept * (1 << BITS));
        float[] factors = {0, (float) (1 / kept)};
        long bits = 0;
        for (int i = 0; i < values.length; i++) {
            bits = i % (Long.SIZE / BITS) == 0 ? random.nextLong() : bits >>> BITS;
            long below = (bits & ((1 << BITS) - 1)) - limit;
            values[i] *= factors[(int) (below >>> (Long.SIZE - 1))];
        }
    }
}
