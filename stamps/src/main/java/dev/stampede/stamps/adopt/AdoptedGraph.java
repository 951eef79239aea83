package dev.stampede.stamps.adopt;

import dev.stampede.stamps.contract.FeatureEncoding;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.Head;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.TensorLayout;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.onnx.OnnxFile;
import dev.stampede.stamps.score.GraphTensors;
import dev.stampede.stamps.score.GraphTensors.Tensor;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.Plane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The graph of a network from elsewhere: what it says of its input and its output. Immutable. */
public final class AdoptedGraph {
    /** The size if the graph is to state it. */
    public static final int SIZE_OF_GRAPH = 0;

    private final OnnxFile file;
    private final ModelFile model;
    private final GraphTensors tensors;

    private AdoptedGraph(OnnxFile file, ModelFile model) {
        this.file = file;
        this.model = model;
        this.tensors = GraphTensors.of(model);
    }

    /**
     * Reads the graph, and weights in other files of its folder.
     *
     * @throws dev.stampede.stamps.contract.InvalidModelException if it is not an ONNX file that ONNX Runtime can load
     */
    public static AdoptedGraph read(Path path) {
        OnnxFile file = OnnxFile.read(path);
        return new AdoptedGraph(file, ModelFile.of(file.bytes(), path.toString()));
    }

    /** The network as a file without a contract. */
    public ModelFile model() {
        return model;
    }

    /** The bytes of a model file of this graph with {@code contract}. */
    public byte[] with(ModelContract contract) {
        return file.withMetadata(contract.toMetadata());
    }

    /**
     * The input for {@code planes} and {@code features}.
     *
     * @param size rows and columns, or {@link #SIZE_OF_GRAPH}
     * @param features in the order of the second input; empty for a graph without one
     * @throws InvalidInputException if the graph has not one input of such stamps, and one of such features if there are any
     */
    public ModelContract.Input input(List<Plane> planes, int size, List<ScaledFeature> features) {
        Tensor input = stampInput();
        Optional<Tensor> second =
                tensors.inputs().stream().filter(one -> !one.equals(input)).findFirst();
        if (second.isEmpty() && !features.isEmpty()) {
            throw new InvalidInputException("--features names " + CandidateFeature.names(kinds(features))
                    + ", but the only input of the graph is " + input
                    + ": leave out --features, or export the network with its input of features.");
        }
        FeatureInput known = second.map(one -> featureInput(one, features)).orElse(FeatureInput.NONE);
        List<Long> shape = input.shape();
        if (!input.isFloat() || shape.size() != 4 || shape.get(0) != GraphTensors.DYNAMIC) {
            throw new InvalidInputException("The input " + input
                    + " has no batch dimension, or is not float: export the network with an input of shape [N, planes, rows,"
                    + " columns] or [N, rows, columns, planes] in which N is dynamic.");
        }
        TensorLayout layout = layout(input, planes);
        long side = layout == TensorLayout.NCHW ? shape.get(2) : shape.get(1);
        if (side == GraphTensors.DYNAMIC && size == SIZE_OF_GRAPH) {
            throw new InvalidInputException(
                    "The input " + input
                            + " has a dynamic size: name the size of the stamps with --size, or export the network with a fixed one.");
        }
        if (side != GraphTensors.DYNAMIC && size != SIZE_OF_GRAPH && size != side) {
            throw new InvalidInputException(
                    "--size is " + size + ", but the input " + input + " takes " + side + " rows and columns.");
        }
        return new ModelContract.Input(
                planes, side == GraphTensors.DYNAMIC ? size : (int) side, layout, input.name(), known);
    }

    /** The only input, or that of four dimensions next to one of features. */
    private Tensor stampInput() {
        List<Tensor> inputs = tensors.inputs();
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        List<Tensor> images =
                inputs.stream().filter(one -> one.shape().size() == 4).toList();
        if (inputs.size() > 2 || images.size() != 1) {
            throw new InvalidInputException("The graph has " + inputs.size() + " inputs (" + names(inputs)
                    + "), but a network takes stamps and at most one vector of features: export it with an input of shape [N,"
                    + " planes, rows, columns] or [N, rows, columns, planes] and one of shape [N, features].");
        }
        return images.get(0);
    }

    private static FeatureInput featureInput(Tensor input, List<ScaledFeature> features) {
        List<Long> shape = input.shape();
        if (!input.isFloat() || shape.size() != 2 || shape.get(0) != GraphTensors.DYNAMIC) {
            throw new InvalidInputException("The second input " + input
                    + " is not of shape [N, features] with a dynamic N and float numbers: export the network so.");
        }
        if (features.isEmpty()) {
            throw new InvalidInputException("The graph has a second input " + input
                    + ": name the features that it takes with --features, in order, such as --features"
                    + " likelihood,signalToNoise; the known ones are " + CandidateFeature.names() + ".");
        }
        long width = shape.get(1);
        return Stream.of(FeatureEncoding.VALUES, FeatureEncoding.VALUES_AND_MASKS)
                .filter(encoding -> width == encoding.width(features.size()) || width == GraphTensors.DYNAMIC)
                .findFirst()
                .map(encoding -> new FeatureInput(input.name(), encoding, features))
                .orElseThrow(() -> new InvalidInputException("The second input " + input + " takes " + width
                        + " numbers, but --features names " + features.size() + ": "
                        + CandidateFeature.names(kinds(features))
                        + ". Name one for each number, or one for each two if masks follow the values; the known ones are "
                        + CandidateFeature.names() + "."));
    }

    private static List<CandidateFeature> kinds(List<ScaledFeature> features) {
        return features.stream().map(ScaledFeature::feature).toList();
    }

    private static TensorLayout layout(Tensor input, List<Plane> planes) {
        List<Long> shape = input.shape();
        long count = planes.size();
        if (shape.get(1) == count && shape.get(2).equals(shape.get(3))) {
            return TensorLayout.NCHW;
        }
        if (shape.get(3) == count && shape.get(1).equals(shape.get(2))) {
            return TensorLayout.NHWC;
        }
        throw new InvalidInputException("The input " + input + " does not fit the " + count + " planes "
                + Plane.names(planes) + ": name as many planes as it has, and square stamps.");
    }

    /**
     * The output tensor.
     *
     * @param name its name; empty for the only one of the graph
     * @throws InvalidInputException if there is no such tensor with numbers for each stamp
     */
    public String output(String name) {
        return tensor(name).name();
    }

    /** The numbers that the output has for each stamp. */
    public int width(String name) {
        List<Long> shape = tensor(name).shape();
        return shape.size() == 1 ? 1 : (int) (long) shape.get(1);
    }

    /** What the numbers of an output are, by the operator that computes them. */
    public Head head(String name) {
        Tensor output = tensor(name);
        String operator = file.operatorOf(output.name()).orElse("");
        if (width(name) == 1) {
            return operator.equals("Sigmoid") ? Head.SIGMOID : Head.SIGMOID_LOGIT;
        }
        return operator.equals("Softmax") ? Head.PROBABILITIES : Head.SOFTMAX;
    }

    private Tensor tensor(String name) {
        List<Tensor> outputs = tensors.outputs();
        if (name.isEmpty() && outputs.size() > 1) {
            throw new InvalidInputException("The graph has " + outputs.size() + " outputs (" + names(outputs)
                    + "): name that of the scores with --output.");
        }
        Tensor output = outputs.stream()
                .filter(one -> name.isEmpty() || one.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInputException("The graph has no output " + name + ", but " + names(outputs) + "."));
        List<Long> shape = output.shape();
        boolean fits = output.isFloat()
                && (shape.size() == 1 || (shape.size() == 2 && shape.get(1) > 0))
                && shape.get(0) == GraphTensors.DYNAMIC;
        if (!fits) {
            throw new InvalidInputException("The output " + output
                    + " is not of shape [N] or [N, numbers] with a dynamic N and float numbers.");
        }
        return output;
    }

    private static String names(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::toString).collect(Collectors.joining(", "));
    }
}
