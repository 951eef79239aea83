package org.nd4j.nativeblas;

import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/**
 * Lets Deeplearning4j find its oneDNN layers. Release 1.0.0-M2.1 looks up a class of this name by reflection to find out
 * whether oneDNN is available, but ships it in another package. Without this class every convolution silently runs ten
 * times slower. It delegates to the real class.
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
