package dev.stampede.training.network.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation in vectorised Java loops, optionally with ReLU. In double precision and without oneDNN it uses the
 * implementation of Deeplearning4j.
 */
final class FusedBatchNormLayer extends BatchNormalization {
    private static final long serialVersionUID = 1;

    private static final IActivation RELU = new ActivationReLU();

    private final boolean hasRelu;
    private final boolean fast;
    /** The last training batch. */
    private transient @Nullable BatchNorm last;
    /** The input of the ReLU in the implementation of Deeplearning4j. */
    private transient INDArray normalised = Nd4j.empty();

    FusedBatchNormLayer(NeuralNetConfiguration configuration, DataType type, boolean hasRelu) {
        super(configuration, type);
        this.hasRelu = hasRelu;
        this.fast = type == DataType.FLOAT && OneDnn.isEnabled();
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!fast || input.rank() != 4) {
            return activateByEngine(training, workspaces);
        }
        HeapRows values = HeapRows.of(input);
        int channels = (int) input.size(1);
        BatchStatistics statistics = training
                ? BatchStatistics.of(values, channels)
                : BatchStatistics.running(
                        floats(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                        floats(BatchNormalizationParamInitializer.GLOBAL_VAR));
        BatchNorm normalisation = new BatchNorm(
                statistics,
                layerConf().getEps(),
                floats(BatchNormalizationParamInitializer.GAMMA),
                floats(BatchNormalizationParamInitializer.BETA),
                hasRelu,
                values.length() / channels);
        INDArray activations =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, input.shape(), 'c');
        normalisation.apply(values, HeapRows.into(activations));
        if (training) {
            last = normalisation;
        }
        return activations;
    }

    private INDArray activateByEngine(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray activations = super.activate(training, workspaces);
        if (!hasRelu) {
            return activations;
        }
        normalised = activations.dup().detach();
        return RELU.getActivation(activations, training);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        BatchNorm batch = last;
        if (batch == null) {
            INDArray gradient = hasRelu ? RELU.backprop(normalised, epsilon).getFirst() : epsilon;
            return super.backpropGradient(gradient, workspaces);
        }
        int channels = (int) input.size(1);
        float[] gammas = new float[channels];
        float[] betas = new float[channels];
        INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        batch.backward(HeapRows.of(input), HeapRows.of(epsilon), HeapRows.into(result), gammas, betas);
        Gradient gradient = new DefaultGradient();
        put(gradient, BatchNormalizationParamInitializer.GAMMA, gammas);
        put(gradient, BatchNormalizationParamInitializer.BETA, betas);
        putAverages(gradient, batch.statistics());
        return new Pair<>(gradient, result);
    }

    /** The running averages are updated as gradients, which updaters apply unchanged. */
    private void putAverages(Gradient gradient, BatchStatistics batch) {
        float[] means = floats(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        float[] variances = floats(BatchNormalizationParamInitializer.GLOBAL_VAR);
        double share = 1 - layerConf().getDecay();
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = (float) (share * (means[channel] - batch.mean(channel)));
            variances[channel] = (float) (share * (variances[channel] - batch.variance(channel)));
        }
        put(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, means);
        put(gradient, BatchNormalizationParamInitializer.GLOBAL_VAR, variances);
    }

    private float[] floats(String parameter) {
        return getParam(parameter).toFloatVector();
    }

    private void put(Gradient gradient, String parameter, float[] values) {
        INDArray view = Objects.requireNonNull(gradientViews.get(parameter), parameter);
        view.assign(Nd4j.createFromArray(values).reshape(view.shape()));
        gradient.setGradientFor(parameter, view);
    }
}
