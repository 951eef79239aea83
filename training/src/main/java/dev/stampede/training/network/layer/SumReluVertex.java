package dev.stampede.training.network.layer;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The sum of two arrays, then ReLU; of stamps by oneDNN in one pass. */
@SuppressWarnings("overrides") // two methods of the superclass and its interface
final class SumReluVertex extends ElementWiseVertex {
    private static final int STAMPS_RANK = 4;

    private static final IActivation RELU = new ActivationReLU();

    private final boolean isFast;
    /** By the number of stamps. */
    private final transient Map<Long, Operation> sums = new HashMap<>();

    private final transient Map<Long, ReluGradient> reluGradients = new HashMap<>();
    private transient INDArray output = Nd4j.empty();

    SumReluVertex(ComputationGraph graph, String name, int index, DataType type) {
        super(graph, name, index, Op.Add, type);
        this.isFast = OneDnn.isEnabled(type);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        if (isFast && inputs[0].rank() == STAMPS_RANK) {
            long[] shape = inputs[0].shape();
            output = ChannelsLast.create(workspaces, ArrayType.ACTIVATIONS, shape);
            sums.computeIfAbsent(shape[0], stamps -> sum(shape))
                    .with(dnnl.DNNL_ARG_SRC_0, ChannelsLast.of(inputs[0]))
                    .with(dnnl.DNNL_ARG_SRC_1, ChannelsLast.of(inputs[1]))
                    .with(dnnl.DNNL_ARG_DST, output)
                    .run();
        } else {
            output = RELU.getActivation(super.doForward(training, workspaces), training);
        }
        return output;
    }

    private static Operation sum(long... shape) {
        memory.desc layout = ChannelsLast.layout(shape);
        post_ops relu = new post_ops();
        relu.append_eltwise(1, dnnl.algorithm.eltwise_relu, 0, 0);
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(relu);
        return new Operation(new binary(new binary.primitive_desc(
                        new binary.desc(dnnl.algorithm.binary_add, layout, layout, layout),
                        attributes,
                        OneDnn.engine())))
                .array(dnnl.DNNL_ARG_SRC_0, layout)
                .array(dnnl.DNNL_ARG_SRC_1, layout)
                .array(dnnl.DNNL_ARG_DST, layout);
    }

    /** Both inputs get the same array. Deeplearning4j changes it only after the first input has used it. */
    @Override
    public Pair<@Nullable Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        INDArray gradient = isFast && output.rank() == STAMPS_RANK
                ? reluGradients
                        .computeIfAbsent(output.size(0), stamps -> new ReluGradient(output.shape()))
                        .of(output, epsilon, ArrayType.ACTIVATION_GRAD, workspaces)
                : workspaces.leverageTo(
                        ArrayType.ACTIVATION_GRAD,
                        RELU.backprop(output.dup(), epsilon).getFirst());
        return new Pair<>(null, new INDArray[] {gradient, gradient});
    }
}
