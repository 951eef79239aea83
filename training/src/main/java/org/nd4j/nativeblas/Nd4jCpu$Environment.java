package org.nd4j.nativeblas;

import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/**
 * Lets Deeplearning4j find its oneDNN layers. Release 1.0.0-M2.1 asks a class of this name, by reflection, whether
 * oneDNN is there; it moved that class to another package and forgot the question, so that without this one every
 * convolution runs ten times slower and nothing says so. This one passes the question on.
 */
public final class Nd4jCpu$Environment {
    private static final Nd4jCpu$Environment INSTANCE = new Nd4jCpu$Environment();

    private Nd4jCpu$Environment() {}

    /** Called by reflection. */
    public static Nd4jCpu$Environment getInstance() {
        return INSTANCE;
    }

    /** Called by reflection: whether the native library was built with oneDNN and may use it. */
    public boolean isUseMKLDNN() {
        return Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
}
