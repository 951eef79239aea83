package dev.stampede.benchmarks.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import dev.stampede.training.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The layers of the networks in PyTorch, from the first convolution to the classes. */
final class PyTorchNetworks {
    private static final Map<Network, Supplier<SequentialBlock>> LAYERS = Map.of(
            Network.VGG6,
            PyTorchNetworks::vgg6,
            Network.COMPACT,
            PyTorchNetworks::compact,
            Network.RESNET14,
            () -> resnet(5, 2, 2),
            Network.RESNET56,
            () -> resnet(3, 1, 9));

    private PyTorchNetworks() {}

    /** All that are known here. */
    static List<Network> all() {
        return LAYERS.keySet().stream().sorted().toList();
    }

    /** The layers of {@code network}, one of {@link #all()}, but for the last dense one. */
    static SequentialBlock of(Network network) {
        return Objects.requireNonNull(LAYERS.get(network)).get();
    }

    private static SequentialBlock vgg6() {
        return new SequentialBlock()
                .add(convolution(16, 3, 1, 0, true))
                .add(Activation::relu)
                .add(convolution(16, 3, 1, 0, true))
                .add(Activation::relu)
                .add(pooling(2))
                .add(dropout(0.25f))
                .add(convolution(32, 3, 1, 0, true))
                .add(Activation::relu)
                .add(convolution(32, 3, 1, 0, true))
                .add(Activation::relu)
                .add(batchNorm())
                .add(pooling(4))
                .add(dropout(0.25f))
                .add(Blocks.batchFlattenBlock())
                .add(dense(256))
                .add(Activation::relu)
                .add(dropout(0.5f));
    }

    private static SequentialBlock compact() {
        return new SequentialBlock()
                .add(normalised(16, 5, 2, 0))
                .add(Activation::relu)
                .add(normalised(32, 3, 2, 1))
                .add(Activation::relu)
                .add(normalised(48, 3, 1, 0))
                .add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(dense(96))
                .add(Activation::relu);
    }

    /** Three stages of {@code blocks} basic blocks with 16, 32 and 64 filters. */
    private static SequentialBlock resnet(int firstKernel, int firstStride, int blocks) {
        SequentialBlock layers = new SequentialBlock()
                .add(normalised(16, firstKernel, firstStride, firstKernel / 2))
                .add(Activation::relu);
        for (int stage = 0; stage < 3; stage++) {
            for (int block = 0; block < blocks; block++) {
                layers.add(residual(16 << stage, stage > 0 && block == 0)).add(Activation::relu);
            }
        }
        return layers.add(Pool.globalAvgPool2dBlock()).add(Blocks.batchFlattenBlock());
    }

    private static Block residual(int filters, boolean halves) {
        int stride = halves ? 2 : 1;
        SequentialBlock convolutions = new SequentialBlock()
                .add(normalised(filters, 3, stride, 1))
                .add(Activation::relu)
                .add(normalised(filters, 3, 1, 1));
        Block shortcut = halves ? normalised(filters, 1, stride, 0) : Blocks.identityBlock();
        return new ParallelBlock(
                sums -> new NDList(
                        sums.get(0).singletonOrThrow().add(sums.get(1).singletonOrThrow())),
                List.of(convolutions, shortcut));
    }

    private static SequentialBlock normalised(int filters, int kernel, int stride, int padding) {
        return new SequentialBlock()
                .add(convolution(filters, kernel, stride, padding, false))
                .add(batchNorm());
    }

    private static Block convolution(int filters, int kernel, int stride, int padding, boolean hasBias) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .optBias(hasBias)
                .build();
    }

    private static Block batchNorm() {
        return BatchNorm.builder().optEpsilon(1e-3f).build();
    }

    private static Block pooling(int size) {
        return Pool.maxPool2dBlock(new Shape(size, size), new Shape(size, size));
    }

    private static Block dropout(float rate) {
        return Dropout.builder().optRate(rate).build();
    }

    private static Block dense(int units) {
        return Linear.builder().setUnits(units).build();
    }
}
