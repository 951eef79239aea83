package dev.stampede.stamps.contract;

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
}
