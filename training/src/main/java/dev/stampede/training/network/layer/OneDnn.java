package dev.stampede.training.network.layer;

import java.util.Locale;
import org.bytedeco.dnnl.engine;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * oneDNN, a library for the layers of networks on processors, called directly and not through Deeplearning4j, which has each
 * convolution reorder its arrays to oneDNN's layout and back: that takes longer than the convolution.
 */
public final class OneDnn {
    /** The system property that, if {@code false}, leaves all layers to Deeplearning4j. */
    static final String PROPERTY = "stampede.onednn";

    private OneDnn() {}

    /**
     * Loads the library where it exists, on x86-64. Elsewhere the layers are those of Deeplearning4j, about forty times slower.
     *
     * @throws OneDnnUnavailableException if it cannot be loaded
     */
    public static void load() {
        if (isEnabled()) {
            try {
                engine();
            } catch (LinkageError e) {
                throw new OneDnnUnavailableException(
                        "oneDNN cannot be loaded: " + e.getMessage() + ". Put dnnl and opencl of org.bytedeco with the"
                                + " classifier of this platform on the class path, or train forty times slower without it: -D"
                                + PROPERTY + "=false.",
                        e);
            }
        }
    }

    /** Whether new layers use oneDNN. */
    public static boolean isEnabled() {
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean exists = processor.equals("amd64") || processor.equals("x86_64");
        return exists && Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    }

    /** Whether new layers of that precision use it; it has single precision only. */
    static boolean isEnabled(DataType type) {
        return type == DataType.FLOAT && isEnabled();
    }

    /** The processor as a device of oneDNN. */
    static engine engine() {
        return Processor.ENGINE;
    }

    /** Loads the library at the first use. */
    private static final class Processor {
        static final engine ENGINE = new engine(engine.kind.cpu, 0);
    }
}
