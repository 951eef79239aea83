package dev.stampede.training.network.layer;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link SumReluVertex}: the sum of two arrays of the same shape, then ReLU. */
public final class SumRelu extends ElementWiseVertex {
    public SumRelu() {
        super(Op.Add);
    }

    @Override
    @SuppressWarnings("MissingSuperCall") // the clone of the superclass is of its own class
    public SumRelu clone() {
        return new SumRelu();
    }

    @Override
    public GraphVertex instantiate(
            ComputationGraph graph, String name, int index, INDArray parameters, boolean initialises, DataType type) {
        return new SumReluVertex(graph, name, index, type);
    }
}
