package dev.stampede.stamps.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/** Makes sure that ONNX Runtime is there once: its builds for CPU and GPU have the same classes, not the same library. */
final class OneRuntime {
    private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";

    private OneRuntime() {}

    /** Throws {@link EngineUnavailableException} where {@code loader} finds ONNX Runtime in more than one place. */
    static void demand(ClassLoader loader) {
        try {
            List<URL> found = Collections.list(loader.getResources(CLASS));
            if (found.size() > 1) {
                throw new EngineUnavailableException("ONNX Runtime is on the class path " + found.size() + " times: "
                        + found + "; keep either onnxruntime or onnxruntime_gpu");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot look for ONNX Runtime on the class path", failure);
        }
    }
}
