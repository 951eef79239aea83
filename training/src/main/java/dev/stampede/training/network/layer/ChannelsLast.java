package dev.stampede.training.network.layer;

import org.bytedeco.dnnl.memory;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Arrays float32 [stamp, channel, row, column] whose memory is in stamp, row, column, channel order, in which oneDNN computes
 * fast. For Deeplearning4j they are views like any others, so layers that know nothing of the order can follow.
 */
final class ChannelsLast {
    private ChannelsLast() {}

    /** A new array of undefined values; {@code shape} is [stamp, channel, row, column]. */
    static INDArray create(LayerWorkspaceMgr workspaces, ArrayType kind, long... shape) {
        return workspaces
                .createUninitialized(kind, DataType.FLOAT, new long[] {shape[0], shape[2], shape[3], shape[1]}, 'c')
                .permute(0, 3, 1, 2);
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
}
