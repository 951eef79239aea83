package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) and its gradients for batches of one size, optionally with ReLU: y = (x - mean)
 * / sqrt(variance + epsilon) gamma + beta. The variance is the biased one.
 */
final class BatchNormOperations {
    private static final int PARAMETERS = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

    private final Operation training;
    private final Operation inference;
    private final Operation backward;

    /** For arrays of that shape, [stamp, channel, row, column]. */
    BatchNormOperations(float epsilon, boolean hasRelu, long... shape) {
        memory.desc layout = ChannelsLast.layout(shape);
        memory.desc channels = new memory.desc(new long[] {shape[1]}, memory.data_type.f32, memory.format_tag.x);
        int flags = hasRelu ? PARAMETERS | dnnl.dnnl_fuse_norm_relu : PARAMETERS;
        batch_normalization_forward.primitive_desc plan =
                forwardPlan(dnnl.dnnl_forward_training, layout, epsilon, flags);
        memory positive = new memory(plan.workspace_desc(), OneDnn.engine());
        training = forward(plan, layout, channels).memory(dnnl.DNNL_ARG_WORKSPACE, positive);
        inference = forward(
                forwardPlan(dnnl.dnnl_forward_inference, layout, epsilon, flags | dnnl.dnnl_use_global_stats),
                layout,
                channels);
        backward = new Operation(new batch_normalization_backward(new batch_normalization_backward.primitive_desc(
                        new batch_normalization_backward.desc(dnnl.dnnl_backward, layout, layout, epsilon, flags),
                        OneDnn.engine(),
                        plan)))
                .array(dnnl.DNNL_ARG_SRC, layout)
                .array(dnnl.DNNL_ARG_MEAN, channels)
                .array(dnnl.DNNL_ARG_VARIANCE, channels)
                .array(dnnl.DNNL_ARG_SCALE, channels)
                .array(dnnl.DNNL_ARG_SHIFT, channels)
                .array(dnnl.DNNL_ARG_DIFF_DST, layout)
                .array(dnnl.DNNL_ARG_DIFF_SRC, layout)
                .array(dnnl.DNNL_ARG_DIFF_SCALE, channels)
                .array(dnnl.DNNL_ARG_DIFF_SHIFT, channels)
                .memory(dnnl.DNNL_ARG_WORKSPACE, positive);
    }

    private static batch_normalization_forward.primitive_desc forwardPlan(
            int kind, memory.desc layout, float epsilon, int flags) {
        return new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(kind, layout, epsilon, flags), OneDnn.engine());
    }

    private static Operation forward(
            batch_normalization_forward.primitive_desc plan, memory.desc layout, memory.desc channels) {
        return new Operation(new batch_normalization_forward(plan))
                .array(dnnl.DNNL_ARG_SRC, layout)
                .array(dnnl.DNNL_ARG_MEAN, channels)
                .array(dnnl.DNNL_ARG_VARIANCE, channels)
                .array(dnnl.DNNL_ARG_SCALE, channels)
                .array(dnnl.DNNL_ARG_SHIFT, channels)
                .array(dnnl.DNNL_ARG_DST, layout);
    }

    /** Mean and variance of each channel. */
    record Statistics(INDArray mean, INDArray variance) {}

    /** Gamma and beta of each channel, or the gradients with respect to them. */
    record Parameters(INDArray gamma, INDArray beta) {}

    /** Writes y to {@code output} and the statistics of the batch to {@code statistics}. */
    void train(INDArray input, Parameters parameters, Statistics statistics, INDArray output) {
        run(training, input, parameters, statistics, output);
    }

    /** Writes y with the given statistics to {@code output}. */
    void infer(INDArray input, Parameters parameters, Statistics statistics, INDArray output) {
        run(inference, input, parameters, statistics, output);
    }

    private static void run(
            Operation forward, INDArray input, Parameters parameters, Statistics statistics, INDArray output) {
        forward.with(dnnl.DNNL_ARG_SRC, input)
                .with(dnnl.DNNL_ARG_MEAN, statistics.mean())
                .with(dnnl.DNNL_ARG_VARIANCE, statistics.variance())
                .with(dnnl.DNNL_ARG_SCALE, parameters.gamma())
                .with(dnnl.DNNL_ARG_SHIFT, parameters.beta())
                .with(dnnl.DNNL_ARG_DST, output)
                .run();
    }

    /**
     * Backpropagation of the last batch of {@link #train}: writes the gradients with respect to the input and the parameters.
     *
     * @param gradient with respect to y
     */
    void backward(
            INDArray input,
            Parameters parameters,
            Statistics statistics,
            INDArray gradient,
            INDArray result,
            Parameters gradients) {
        backward.with(dnnl.DNNL_ARG_SRC, input)
                .with(dnnl.DNNL_ARG_MEAN, statistics.mean())
                .with(dnnl.DNNL_ARG_VARIANCE, statistics.variance())
                .with(dnnl.DNNL_ARG_SCALE, parameters.gamma())
                .with(dnnl.DNNL_ARG_SHIFT, parameters.beta())
                .with(dnnl.DNNL_ARG_DIFF_DST, gradient)
                .with(dnnl.DNNL_ARG_DIFF_SRC, result)
                .with(dnnl.DNNL_ARG_DIFF_SCALE, gradients.gamma())
                .with(dnnl.DNNL_ARG_DIFF_SHIFT, gradients.beta())
                .run();
    }
}
