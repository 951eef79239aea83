package dev.stampede.training.network;

import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation in loops of our own: those of the engine took nearly half of the time of a fit. In double
 * precision, which no fit has, and where the fast layers are switched off, it is Deeplearning4j's.
 */
final class StampNormalisationLayer extends BatchNormalization {
    private static final long serialVersionUID = 1;

    private static final IActivation RECTIFIER = new ActivationReLU();

    private final boolean rectifies;
    private final boolean fast;
    /** Of the batch last seen in a fit. */
    private transient Optional<Normalisation> last = Optional.empty();
    /** What the slow layer normalised, before its rectifier. */
    private transient INDArray normalised = Nd4j.empty();

    StampNormalisationLayer(NeuralNetConfiguration configuration, DataType type, boolean rectifies) {
        super(configuration, type);
        this.rectifies = rectifies;
        this.fast = type == DataType.FLOAT && OneDnn.isEnabled();
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!fast || input.rank() != 4) {
            return activateSlowly(training, workspaces);
        }
        Rows values = Rows.of(input);
        int channels = (int) input.size(1);
        BatchStatistics statistics = training
                ? BatchStatistics.of(values, channels)
                : BatchStatistics.kept(
                        floats(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                        floats(BatchNormalizationParamInitializer.GLOBAL_VAR));
        Normalisation normalisation = new Normalisation(
                statistics,
                layerConf().getEps(),
                floats(BatchNormalizationParamInitializer.GAMMA),
                floats(BatchNormalizationParamInitializer.BETA),
                rectifies,
                values.length() / channels);
        INDArray activations =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, input.shape(), 'c');
        normalisation.apply(values, Rows.into(activations));
        if (training) {
            last = Optional.of(normalisation);
        }
        return activations;
    }

    private INDArray activateSlowly(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray activations = super.activate(training, workspaces);
        if (!rectifies) {
            return activations;
        }
        normalised = activations.dup().detach();
        return RECTIFIER.getActivation(activations, training);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (last.isEmpty()) {
            INDArray gradient =
                    rectifies ? RECTIFIER.backprop(normalised, epsilon).getFirst() : epsilon;
            return super.backpropGradient(gradient, workspaces);
        }
        int channels = (int) input.size(1);
        float[] gammas = new float[channels];
        float[] betas = new float[channels];
        INDArray result = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        last.get().backward(Rows.of(input), Rows.of(epsilon), Rows.into(result), gammas, betas);
        Gradient gradient = new DefaultGradient();
        put(gradient, BatchNormalizationParamInitializer.GAMMA, gammas);
        put(gradient, BatchNormalizationParamInitializer.BETA, betas);
        putAverages(gradient, last.get().statistics());
        return new Pair<>(gradient, result);
    }

    /** The averages move towards those of the batch as if that were a gradient, so that any updater leaves them be. */
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
