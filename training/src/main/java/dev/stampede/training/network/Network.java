package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.layer.OneDnn;
import dev.stampede.training.network.layer.OneDnnUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** The networks that can be trained. */
public enum Network {
    /** The six-layer network of the astroML chapter. */
    VGG6("vgg6", new Vgg6()),
    /** The smallest network for stamps of 21x21 pixels. */
    COMPACT("compact", new Compact()),
    /** The first network of the astroML chapter, as in its code. */
    SIMPLE("simple", new Simple(30, false)),
    /** The same with the batch normalisation that the chapter describes. */
    SIMPLE_BN("simple-bn", new Simple(30, true)),
    /** A small residual network for stamps. */
    RESNET14("resnet14", BasicResnet.of14()),
    /** The residual network of He et al. for CIFAR. */
    RESNET56("resnet56", BasicResnet.of56()),
    /** The residual network of He et al. for ImageNet, as published for stamps. */
    RESNET50("resnet50", new Resnet50(64));

    /** The input of every graph: float32 [N, channel, row, column], normalised. */
    public static final String INPUT = Architecture.INPUT;

    /** The second input of a graph that takes features: float32 [N, numbers], values and masks. */
    public static final String FEATURES = FeatureJoin.INPUT;

    /** The last layer of every graph: float32 [N, class]. */
    public static final String OUTPUT = Architecture.OUTPUT;

    private final String networkName;

    @SuppressWarnings("ImmutableEnumChecker") // an architecture has no state that changes
    private final Architecture architecture;

    Network(String networkName, Architecture architecture) {
        this.networkName = networkName;
        this.architecture = architecture;
    }

    /** The name in commands and model files. */
    public String networkName() {
        return networkName;
    }

    /** The network of that name; empty if there is none. */
    public static Optional<Network> named(String networkName) {
        return Arrays.stream(values())
                .filter(network -> network.networkName.equals(networkName))
                .findFirst();
    }

    /** The names of all, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Network::networkName).collect(Collectors.joining(", "));
    }

    /** Whether new networks use oneDNN; otherwise training takes about forty times as long. */
    public static boolean usesOneDnn() {
        return OneDnn.isEnabled();
    }

    /** The smallest stamp it takes, rows and columns. */
    public int smallestSize() {
        return architecture.smallestSize();
    }

    /**
     * Creates a network with random weights, the same for the same seed.
     *
     * @throws IllegalArgumentException if the stamps are smaller than {@link #smallestSize()}
     * @throws OneDnnUnavailableException if oneDNN is not available
     */
    public ComputationGraph create(StampShape input, int classes, IUpdater updater, long seed) {
        return create(input, 0, classes, updater, List.of(), seed);
    }

    /**
     * The same with a second input and with a regularisation of the weights, but not of the biases.
     *
     * @param features the numbers of the input {@link #FEATURES}; 0 for a network without it
     */
    public ComputationGraph create(
            StampShape input,
            int features,
            int classes,
            IUpdater updater,
            List<Regularization> regularisation,
            long seed) {
        if (input.size() < smallestSize()) {
            throw new IllegalArgumentException(
                    networkName + " takes stamps of " + smallestSize() + " pixels a side or more, not " + input.size());
        }
        OneDnn.load();
        Architecture joined = features == 0 ? architecture : new FeatureJoin(architecture, features);
        return create(joined, input, classes, updater, regularisation, seed, DataType.FLOAT);
    }

    ComputationGraph create(StampShape input, int classes, IUpdater updater, long seed, DataType type) {
        return create(architecture, input, classes, updater, List.of(), seed, type);
    }

    static ComputationGraph create(
            Architecture architecture,
            StampShape input,
            int classes,
            IUpdater updater,
            List<Regularization> regularisation,
            long seed,
            DataType type) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(updater)
                .regularization(new ArrayList<>(regularisation))
                .graphBuilder()
                .addInputs(INPUT);
        architecture.addTo(builder, input, classes);
        ComputationGraph graph = new ComputationGraph(builder.setOutputs(OUTPUT)
                .setInputTypes(architecture.inputTypes(input))
                .build());
        graph.init();
        return graph;
    }
}
