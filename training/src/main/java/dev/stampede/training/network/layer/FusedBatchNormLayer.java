package dev.stampede.training.network.layer;

import dev.stampede.training.network.layer.BatchNormOperations.Parameters;
import dev.stampede.training.network.layer.BatchNormOperations.Statistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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

/** Batch normalisation by oneDNN, optionally with ReLU in the same pass. */
final class FusedBatchNormLayer extends BatchNormalization {
    private static final long serialVersionUID = 1;

    private static final IActivation RELU = new ActivationReLU();

    private final boolean hasRelu;
    private final boolean isFast;
    /** By the number of stamps. */
    private final transient Map<Long, BatchNormOperations> normalisations = new HashMap<>();
    /** Of the last training batch. */
    private transient Statistics batch = new Statistics(Nd4j.empty(), Nd4j.empty());
    /** The input of the ReLU in the implementation of Deeplearning4j. */
    private transient INDArray normalised = Nd4j.empty();

    FusedBatchNormLayer(NeuralNetConfiguration configuration, DataType type, boolean hasRelu) {
        super(configuration, type);
        this.hasRelu = hasRelu;
        this.isFast = OneDnn.isEnabled(type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!isFast) {
            return activateByEngine(training, workspaces);
        }
        INDArray source = ChannelsLast.of(input);
        INDArray output = ChannelsLast.create(workspaces, ArrayType.ACTIVATIONS, input.shape());
        if (training) {
            batch = new Statistics(perChannel(), perChannel());
            normalisation().train(source, parameters(), batch, output);
        } else {
            normalisation().infer(source, parameters(), averages(), output);
        }
        return output;
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
        if (!isFast) {
            INDArray gradient = hasRelu ? RELU.backprop(normalised, epsilon).getFirst() : epsilon;
            return super.backpropGradient(gradient, workspaces);
        }
        INDArray result = ChannelsLast.create(workspaces, ArrayType.ACTIVATION_GRAD, input.shape());
        Parameters gradients = new Parameters(
                gradientView(BatchNormalizationParamInitializer.GAMMA),
                gradientView(BatchNormalizationParamInitializer.BETA));
        normalisation()
                .backward(ChannelsLast.of(input), parameters(), batch, ChannelsLast.of(epsilon), result, gradients);
        Gradient gradient = new DefaultGradient();
        gradient.setGradientFor(BatchNormalizationParamInitializer.GAMMA, gradients.gamma());
        gradient.setGradientFor(BatchNormalizationParamInitializer.BETA, gradients.beta());
        putChange(gradient, BatchNormalizationParamInitializer.GLOBAL_MEAN, batch.mean());
        putChange(gradient, BatchNormalizationParamInitializer.GLOBAL_VAR, batch.variance());
        return new Pair<>(gradient, result);
    }

    /** The running averages are updated as gradients, which updaters apply unchanged. */
    private void putChange(Gradient gradient, String average, INDArray ofBatch) {
        INDArray view = gradientView(average);
        INDArray change = getParam(average)
                .sub(ofBatch.reshape(view.shape()))
                .muli(1 - layerConf().getDecay());
        view.assign(change);
        gradient.setGradientFor(average, view);
    }

    private BatchNormOperations normalisation() {
        return normalisations.computeIfAbsent(
                input.size(0),
                stamps -> new BatchNormOperations((float) layerConf().getEps(), hasRelu, input.shape()));
    }

    private Parameters parameters() {
        return new Parameters(
                getParam(BatchNormalizationParamInitializer.GAMMA), getParam(BatchNormalizationParamInitializer.BETA));
    }

    private Statistics averages() {
        return new Statistics(
                getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                getParam(BatchNormalizationParamInitializer.GLOBAL_VAR));
    }

    private INDArray perChannel() {
        return Nd4j.createUninitializedDetached(DataType.FLOAT, input.size(1));
    }

    private INDArray gradientView(String parameter) {
        return Objects.requireNonNull(gradientViews.get(parameter), parameter);
    }
}
