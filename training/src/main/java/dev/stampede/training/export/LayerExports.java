package dev.stampede.training.export;

import dev.stampede.training.network.layer.FastConvolution;
import dev.stampede.training.network.layer.FastDropout;
import dev.stampede.training.network.layer.FusedBatchNorm;
import dev.stampede.training.network.layer.MaxPooling;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The ONNX form of each kind of layer; tensors are in NCHW order on both sides. */
final class LayerExports {
    private static final Map<Class<?>, LayerExport> BY_KIND = Map.of(
            FastConvolution.class, LayerExports::convolution,
            MaxPooling.class, LayerExports::pooling,
            GlobalPoolingLayer.class, LayerExports::mean,
            FusedBatchNorm.class, LayerExports::batchNormalization,
            DenseLayer.class, LayerExports::dense,
            OutputLayer.class, LayerExports::scores,
            FastDropout.class, (graph, layer, name, input) -> input);

    private LayerExports() {}

    /**
     * The export of {@code layer}.
     *
     * @throws ExportException if its kind is not supported
     */
    static LayerExport of(Layer layer) {
        Class<?> kind = layer.conf().getLayer().getClass();
        LayerExport export = BY_KIND.get(kind);
        if (export == null) {
            throw new ExportException("a layer of kind " + kind.getSimpleName() + " cannot be exported yet");
        }
        return export;
    }

    /** Weights are [out, in, rows, columns] on both sides. */
    private static String convolution(OnnxGraph graph, Layer layer, String name, String input) {
        ConvolutionLayer conf = (ConvolutionLayer) layer.conf().getLayer();
        requireTruncation(conf.getConvolutionMode(), conf.getCnn2dDataFormat(), name);
        INDArray weights = layer.getParam("W");
        String kernel = graph.constant(name + ".weight", weights, weights.shape());
        String[] inputs = conf.hasBias()
                ? new String[] {input, kernel, graph.constant(name + ".bias", layer.getParam("b"), weights.size(0))}
                : new String[] {input, kernel};
        String output = graph.node(
                "Conv",
                name + ".convolution",
                Map.of(
                        "kernel_shape", conf.getKernelSize(),
                        "strides", conf.getStride(),
                        "dilations", conf.getDilation(),
                        "pads", padding(conf.getPadding())),
                inputs);
        return activation(graph, conf.getActivationFn(), name, output);
    }

    private static String pooling(OnnxGraph graph, Layer layer, String name, String input) {
        MaxPooling conf = (MaxPooling) layer.conf().getLayer();
        return graph.node(
                "MaxPool", name, Map.of("kernel_shape", conf.getKernelSize(), "strides", conf.getStride()), input);
    }

    /** Global average pooling, flattened to [N, channel]. */
    private static String mean(OnnxGraph graph, Layer layer, String name, String input) {
        GlobalPoolingLayer conf = (GlobalPoolingLayer) layer.conf().getLayer();
        if (conf.getPoolingType() != PoolingType.AVG || !conf.isCollapseDimensions()) {
            throw new ExportException("layer " + name + " pools by " + conf.getPoolingType() + ", not to the mean");
        }
        String mean = graph.node("GlobalAveragePool", name + ".mean", Map.of(), input);
        return graph.node("Flatten", name, Map.of("axis", 1), mean);
    }

    /** ONNX lists the padding before all axes, then after all axes. */
    private static int[] padding(int[] padding) {
        return new int[] {padding[0], padding[1], padding[0], padding[1]};
    }

    private static void requireTruncation(ConvolutionMode mode, CNN2DFormat format, String name) {
        if (mode != ConvolutionMode.Truncate || format != CNN2DFormat.NCHW) {
            throw new ExportException("layer " + name + " is of mode " + mode + " and format " + format
                    + "; only Truncate and NCHW can be exported");
        }
    }

    private static String batchNormalization(OnnxGraph graph, Layer layer, String name, String input) {
        FusedBatchNorm conf = (FusedBatchNorm) layer.conf().getLayer();
        if (conf.isUseLogStd()) {
            throw new ExportException("layer " + name + " keeps the logarithm of its deviation, not its variance");
        }
        long channels = conf.getNOut();
        String output = graph.node(
                "BatchNormalization",
                conf.hasRelu() ? name + ".normalisation" : name,
                Map.of("epsilon", (float) conf.getEps()),
                input,
                graph.constant(name + ".scale", layer.getParam("gamma"), channels),
                graph.constant(name + ".shift", layer.getParam("beta"), channels),
                graph.constant(name + ".mean", layer.getParam("mean"), channels),
                graph.constant(name + ".variance", layer.getParam("var"), channels));
        return conf.hasRelu() ? graph.node("Relu", name, Map.of(), output) : output;
    }

    private static String dense(OnnxGraph graph, Layer layer, String name, String input) {
        DenseLayer conf = (DenseLayer) layer.conf().getLayer();
        return activation(graph, conf.getActivationFn(), name, product(graph, layer, name, input));
    }

    /** The output layer without its softmax, which follows the calibration. */
    private static String scores(OnnxGraph graph, Layer layer, String name, String input) {
        return product(graph, layer, name, input);
    }

    /** Weights are [in, out], as Gemm takes them without transposition. */
    private static String product(OnnxGraph graph, Layer layer, String name, String input) {
        INDArray weights = layer.getParam("W");
        return graph.node(
                "Gemm",
                name + ".product",
                Map.of(),
                input,
                graph.constant(name + ".weight", weights, weights.shape()),
                graph.constant(name + ".bias", layer.getParam("b"), weights.size(1)));
    }

    private static String activation(OnnxGraph graph, IActivation activation, String name, String input) {
        if (activation instanceof ActivationReLU) {
            return graph.node("Relu", name, Map.of(), input);
        }
        if (activation instanceof ActivationIdentity) {
            return input;
        }
        throw new ExportException(
                "layer " + name + " has the activation " + activation + ", which cannot be exported yet");
    }
}
