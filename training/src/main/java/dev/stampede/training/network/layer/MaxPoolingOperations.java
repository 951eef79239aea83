package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum pooling and its gradient for batches of one size. */
final class MaxPoolingOperations {
    private final Operation forward;
    private final Operation backward;

    /** For arrays [stamp, channel, row, column] of those shapes. */
    MaxPoolingOperations(long[] input, long[] output, long size, long stride) {
        long[] kernel = {size, size};
        long[] strides = {stride, stride};
        long[] padding = {0, 0};
        memory.desc inputLayout = ChannelsLast.layout(input);
        memory.desc outputLayout = ChannelsLast.layout(output);
        pooling_forward.primitive_desc plan = new pooling_forward.primitive_desc(
                new pooling_forward.desc(
                        dnnl.prop_kind.forward_training,
                        dnnl.algorithm.pooling_max,
                        inputLayout,
                        outputLayout,
                        strides,
                        kernel,
                        padding,
                        padding),
                OneDnn.engine());
        memory positions = new memory(plan.workspace_desc(), OneDnn.engine());
        forward = new Operation(new pooling_forward(plan))
                .array(dnnl.DNNL_ARG_SRC, inputLayout)
                .array(dnnl.DNNL_ARG_DST, outputLayout)
                .memory(dnnl.DNNL_ARG_WORKSPACE, positions);
        pooling_backward.desc gradient = new pooling_backward.desc(
                dnnl.algorithm.pooling_max, inputLayout, outputLayout, strides, kernel, padding, padding);
        backward = new Operation(
                        new pooling_backward(new pooling_backward.primitive_desc(gradient, OneDnn.engine(), plan)))
                .array(dnnl.DNNL_ARG_DIFF_DST, outputLayout)
                .array(dnnl.DNNL_ARG_DIFF_SRC, inputLayout)
                .memory(dnnl.DNNL_ARG_WORKSPACE, positions);
    }

    /** Writes the maxima of {@code input} to {@code output}. */
    void forward(INDArray input, INDArray output) {
        forward.with(dnnl.DNNL_ARG_SRC, input).with(dnnl.DNNL_ARG_DST, output).run();
    }

    /** Writes the gradient with respect to the last input to {@code result}. */
    void backward(INDArray gradient, INDArray result) {
        backward.with(dnnl.DNNL_ARG_DIFF_DST, gradient)
                .with(dnnl.DNNL_ARG_DIFF_SRC, result)
                .run();
    }
}
