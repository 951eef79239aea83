package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.memory;

/**
 * The shapes of a convolution of square stamps with a square kernel.
 *
 * @param stamps of a batch
 * @param channels of the input
 * @param size rows and columns of the input
 * @param filters channels of the output
 * @param kernel rows and columns of the kernel
 * @param stride by rows and columns
 * @param padding zeros before the first row and column and after the last
 */
record ConvolutionShape(long stamps, long channels, long size, long filters, long kernel, long stride, long padding) {
    memory.desc inputLayout() {
        return ChannelsLast.layout(stamps, channels, size, size);
    }

    memory.desc outputLayout() {
        return ChannelsLast.layout(output());
    }

    /** [stamp, filter, row, column]; an incomplete step at the end is left out. */
    long[] output() {
        long steps = (size + 2 * padding - kernel) / stride + 1;
        return new long[] {stamps, filters, steps, steps};
    }

    /** The layout of the weights in the parameters of the network. */
    memory.desc weightLayout() {
        return weightLayout(memory.format_tag.oihw);
    }

    /** Any layout of the weights that oneDNN prefers. */
    memory.desc anyWeightLayout() {
        return weightLayout(memory.format_tag.any);
    }

    private memory.desc weightLayout(memory.format_tag order) {
        return new memory.desc(new long[] {filters, channels, kernel, kernel}, memory.data_type.f32, order);
    }

    memory.desc biasLayout() {
        return new memory.desc(new long[] {filters}, memory.data_type.f32, memory.format_tag.x);
    }

    long[] strides() {
        return new long[] {stride, stride};
    }

    long[] paddings() {
        return new long[] {padding, padding};
    }
}
