package dev.stampede.stamps.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/** Checks that ONNX Runtime is on the class path once: its builds for CPU and GPU have the same class names. */
final class SingleRuntimeCheck {
    private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";

    private SingleRuntimeCheck() {}

    /** Throws {@link EngineUnavailableException} if {@code loader} finds ONNX Runtime more than once. */
    static void require(ClassLoader loader) {
        try {
            List<URL> found = Collections.list(loader.getResources(CLASS));
            if (found.size() > 1) {
                throw new EngineUnavailableException("ONNX Runtime is on the class path " + found.size() + " times: "
                        + found + "; keep either onnxruntime or onnxruntime_gpu");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot search for ONNX Runtime on the class path", failure);
        }
    }
}
