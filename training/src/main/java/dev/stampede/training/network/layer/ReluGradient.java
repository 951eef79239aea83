package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradient of ReLU for batches of one size, from its output: the gradient where that is above 0, elsewhere 0. */
final class ReluGradient {
    private final Operation operation;

    /** For arrays of that shape, [stamp, channel, row, column]. */
    ReluGradient(long... shape) {
        memory.desc layout = ChannelsLast.layout(shape);
        eltwise_forward.primitive_desc forward = new eltwise_forward.primitive_desc(
                new eltwise_forward.desc(
                        dnnl.prop_kind.forward_training, dnnl.algorithm.eltwise_relu_use_dst_for_bwd, layout, 0, 0),
                OneDnn.engine());
        eltwise_backward.primitive_desc backward = new eltwise_backward.primitive_desc(
                new eltwise_backward.desc(dnnl.algorithm.eltwise_relu_use_dst_for_bwd, layout, layout, 0, 0),
                OneDnn.engine(),
                forward);
        operation = new Operation(new eltwise_backward(backward))
                .array(dnnl.DNNL_ARG_DST, layout)
                .array(dnnl.DNNL_ARG_DIFF_DST, layout)
                .array(dnnl.DNNL_ARG_DIFF_SRC, layout);
    }

    /** A new array: the gradient with respect to the input of the ReLU that gave {@code output}. */
    INDArray of(INDArray output, INDArray gradient, ArrayType kind, LayerWorkspaceMgr workspaces) {
        INDArray result = ChannelsLast.create(workspaces, kind, output.shape());
        operation
                .with(dnnl.DNNL_ARG_DST, output)
                .with(dnnl.DNNL_ARG_DIFF_DST, ChannelsLast.of(gradient))
                .with(dnnl.DNNL_ARG_DIFF_SRC, result)
                .run();
        return result;
    }
}
