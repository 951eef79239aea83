package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.NDArray;

/**
 * Arrays float32 [stamp, channel, row, column] whose memory is in stamp, row, column, channel order, in which oneDNN computes
 * fast. For Deeplearning4j they are views like any others, so layers that know nothing of the order can follow.
 */
final class ChannelsLast {
    private ChannelsLast() {}

    /** A new array of undefined values; {@code shape} is [stamp, channel, row, column]. */
    static INDArray create(LayerWorkspaceMgr workspaces, ArrayType kind, long... shape) {
        long[] order = {shape[0], shape[2], shape[3], shape[1]};
        INDArray memory = workspaces.createUninitialized(kind, DataType.FLOAT, order, 'c');
        return new Sum(memory, memory.permute(0, 3, 1, 2));
    }

    /** {@code array}, or if its memory is in another order a copy. */
    static INDArray of(INDArray array) {
        return isChannelsLast(array)
                ? array
                : array.permute(0, 2, 3, 1).dup('c').permute(0, 3, 1, 2);
    }

    private static boolean isChannelsLast(INDArray array) {
        long[] shape = array.shape();
        long[] strides = array.stride();
        long[] expected = {shape[1] * shape[2] * shape[3], 1, shape[1] * shape[3], shape[1]};
        for (int axis = 0; axis < shape.length; axis++) {
            // The stride of an axis of length 1 has no meaning.
            if (shape[axis] > 1 && strides[axis] != expected[axis]) {
                return false;
            }
        }
        return true;
    }

    /** The layout for oneDNN of arrays of that shape. */
    static memory.desc layout(long... shape) {
        return new memory.desc(shape, memory.data_type.f32, memory.format_tag.nhwc);
    }

    /**
     * An array to which others are added without a calculation of each index. Deeplearning4j adds the gradients of all
     * branches that follow a layer to the first of them.
     */
    @SuppressWarnings("overrides") // methods of the superclass and its interface
    private static final class Sum extends NDArray {
        private static final long serialVersionUID = 1;

        /** The same memory as an array in C order. */
        private final transient INDArray memory;

        Sum(INDArray memory, INDArray view) {
            super(view.data(), view.shape(), view.stride(), view.offset(), view.ordering());
            this.memory = memory;
        }

        @Override
        public INDArray addi(INDArray other) {
            memory.addi(of(other).permute(0, 2, 3, 1));
            return this;
        }
    }
}
