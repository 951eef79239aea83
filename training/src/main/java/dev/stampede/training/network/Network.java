package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/** The networks that can be trained. */
public enum Network {
    /** The six-layer network of the astroML chapter. */
    VGG6("vgg6") {
        @Override
        Architecture architecture() {
            return new Vgg6();
        }
    };

    /** The input of every graph: float32 [N, channel, row, column], normalised. */
    public static final String INPUT = "stamps";

    /** The last layer of every graph: float32 [N, 2], class 0 bogus, class 1 real. */
    public static final String OUTPUT = "probabilities";

    /** Bogus and real. */
    public static final int CLASSES = 2;

    private final String networkName;

    Network(String networkName) {
        this.networkName = networkName;
    }

    abstract Architecture architecture();

    /** The name in commands and model files. */
    public String networkName() {
        return networkName;
    }

    /** The network of that name; empty where there is none. */
    public static Optional<Network> named(String networkName) {
        return Arrays.stream(values())
                .filter(network -> network.networkName.equals(networkName))
                .findFirst();
    }

    /** The names of all, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Network::networkName).collect(Collectors.joining(", "));
    }

    /** The smallest stamp it takes, rows and columns. */
    public int smallestSize() {
        return architecture().smallestSize();
    }

    /**
     * A fresh network with random weights, the same for the same seed.
     *
     * @throws IllegalArgumentException if the stamps are smaller than {@link #smallestSize()}
     * @throws SlowEngineException if the fast layers of oneDNN are not there
     */
    public ComputationGraph create(StampShape input, IUpdater updater, long seed) {
        OneDnn.enable();
        ComputationGraph graph = create(input, updater, seed, DataType.FLOAT);
        OneDnn.demand(graph);
        return graph;
    }

    ComputationGraph create(StampShape input, IUpdater updater, long seed, DataType type) {
        if (input.size() < smallestSize()) {
            throw new IllegalArgumentException(networkName + " takes stamps of at least " + smallestSize()
                    + " pixels a side, not " + input.size());
        }
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(type)
                .weightInit(WeightInit.XAVIER_UNIFORM)
                .updater(updater)
                .graphBuilder()
                .addInputs(INPUT);
        architecture().addTo(builder, input);
        ComputationGraph graph = new ComputationGraph(builder.setOutputs(OUTPUT)
                .setInputTypes(InputType.convolutional(input.size(), input.size(), input.channels(), CNN2DFormat.NCHW))
                .build());
        graph.init();
        return graph;
    }
}
