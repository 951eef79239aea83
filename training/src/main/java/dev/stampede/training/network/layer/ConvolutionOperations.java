package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution with bias and its gradients for batches of one size. Stamps are channels last; weights are [filter, channel,
 * row, column] in the parameters of the network and copied to the layout that oneDNN prefers.
 */
final class ConvolutionOperations {
    private final Operation forward;
    private final Operation forwardWeights;
    private final Operation backwardInput;
    private final Operation backwardInputWeights;
    private final Operation backwardWeights;
    private final Operation weightGradient;

    /** The operations for {@code shape}; ReLU follows if {@code hasRelu}. */
    ConvolutionOperations(ConvolutionShape shape, boolean hasRelu) {
        convolution_forward.primitive_desc plan = forwardPlan(shape, hasRelu);
        memory weights = new memory(plan.weights_desc(), OneDnn.engine());
        forwardWeights = Operation.reorder(shape.weightLayout(), weights);
        forward = new Operation(new convolution_forward(plan))
                .array(dnnl.DNNL_ARG_SRC, shape.inputLayout())
                .memory(dnnl.DNNL_ARG_WEIGHTS, weights)
                .array(dnnl.DNNL_ARG_BIAS, shape.biasLayout())
                .array(dnnl.DNNL_ARG_DST, shape.outputLayout());

        convolution_backward_data.primitive_desc inputPlan = backwardInputPlan(shape, plan);
        memory otherWeights = new memory(inputPlan.weights_desc(), OneDnn.engine());
        backwardInputWeights = Operation.reorder(shape.weightLayout(), otherWeights);
        backwardInput = new Operation(new convolution_backward_data(inputPlan))
                .array(dnnl.DNNL_ARG_DIFF_DST, shape.outputLayout())
                .memory(dnnl.DNNL_ARG_WEIGHTS, otherWeights)
                .array(dnnl.DNNL_ARG_DIFF_SRC, shape.inputLayout());

        convolution_backward_weights.primitive_desc weightPlan = backwardWeightsPlan(shape, plan);
        memory gradient = new memory(weightPlan.diff_weights_desc(), OneDnn.engine());
        weightGradient = Operation.reorder(gradient, shape.weightLayout());
        backwardWeights = new Operation(new convolution_backward_weights(weightPlan))
                .array(dnnl.DNNL_ARG_SRC, shape.inputLayout())
                .array(dnnl.DNNL_ARG_DIFF_DST, shape.outputLayout())
                .memory(dnnl.DNNL_ARG_DIFF_WEIGHTS, gradient)
                .array(dnnl.DNNL_ARG_DIFF_BIAS, shape.biasLayout());
    }

    private static convolution_forward.primitive_desc forwardPlan(ConvolutionShape shape, boolean hasRelu) {
        convolution_forward.desc description = new convolution_forward.desc(
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                shape.inputLayout(),
                shape.anyWeightLayout(),
                shape.biasLayout(),
                shape.outputLayout(),
                shape.strides(),
                shape.paddings(),
                shape.paddings());
        post_ops following = new post_ops();
        if (hasRelu) {
            following.append_eltwise(1, dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(following);
        return new convolution_forward.primitive_desc(description, attributes, OneDnn.engine());
    }

    private static convolution_backward_data.primitive_desc backwardInputPlan(
            ConvolutionShape shape, convolution_forward.primitive_desc forward) {
        convolution_backward_data.desc description = new convolution_backward_data.desc(
                dnnl.algorithm.convolution_direct,
                shape.inputLayout(),
                shape.anyWeightLayout(),
                shape.outputLayout(),
                shape.strides(),
                shape.paddings(),
                shape.paddings());
        return new convolution_backward_data.primitive_desc(description, OneDnn.engine(), forward);
    }

    private static convolution_backward_weights.primitive_desc backwardWeightsPlan(
            ConvolutionShape shape, convolution_forward.primitive_desc forward) {
        convolution_backward_weights.desc description = new convolution_backward_weights.desc(
                dnnl.algorithm.convolution_direct,
                shape.inputLayout(),
                shape.anyWeightLayout(),
                shape.biasLayout(),
                shape.outputLayout(),
                shape.strides(),
                shape.paddings(),
                shape.paddings());
        return new convolution_backward_weights.primitive_desc(description, OneDnn.engine(), forward);
    }

    /** Writes the convolution of {@code input} to {@code output}. */
    void forward(INDArray input, INDArray weights, INDArray bias, INDArray output) {
        forwardWeights.with(dnnl.DNNL_ARG_FROM, weights).run();
        forward.with(dnnl.DNNL_ARG_SRC, input)
                .with(dnnl.DNNL_ARG_BIAS, bias)
                .with(dnnl.DNNL_ARG_DST, output)
                .run();
    }

    /** Writes the gradient with respect to the input to {@code result}; {@code delta} is that before the ReLU. */
    void backwardInput(INDArray delta, INDArray weights, INDArray result) {
        backwardInputWeights.with(dnnl.DNNL_ARG_FROM, weights).run();
        backwardInput
                .with(dnnl.DNNL_ARG_DIFF_DST, delta)
                .with(dnnl.DNNL_ARG_DIFF_SRC, result)
                .run();
    }

    /** Writes the gradients with respect to the parameters, summed over stamps. */
    void backwardWeights(INDArray input, INDArray delta, INDArray weights, INDArray bias) {
        backwardWeights
                .with(dnnl.DNNL_ARG_SRC, input)
                .with(dnnl.DNNL_ARG_DIFF_DST, delta)
                .with(dnnl.DNNL_ARG_DIFF_BIAS, bias)
                .run();
        weightGradient.with(dnnl.DNNL_ARG_TO, weights).run();
    }
}
