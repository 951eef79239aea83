package dev.stampede.stamps.contract;

import java.nio.FloatBuffer;
import java.util.Locale;

/** The order of the dimensions of a model's input. */
public enum TensorLayout {
    /** [N, planes, rows, columns], as PyTorch orders them. */
    NCHW,
    /** [N, rows, columns, planes], as Keras orders them. */
    NHWC;

    /** The name in model files. */
    public String layoutName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The shape of one stamp in this order. */
    public long[] shape(int planes, int size) {
        return this == NCHW ? new long[] {planes, size, size} : new long[] {size, size, planes};
    }

    /**
     * Appends one stamp to a tensor in this order.
     *
     * @param stamp its pixels in plane, row, column order
     */
    public void put(float[] stamp, int planes, FloatBuffer tensor) {
        if (this == NCHW) {
            tensor.put(stamp);
            return;
        }
        int planePixels = stamp.length / planes;
        for (int i = 0; i < planePixels; i++) {
            for (int at = i; at < stamp.length; at += planePixels) {
                tensor.put(stamp[at]);
            }
        }
    }
}
