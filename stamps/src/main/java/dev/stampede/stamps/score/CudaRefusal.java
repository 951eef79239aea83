package dev.stampede.stamps.score;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why CUDA cannot be used, and what to do: ONNX Runtime's own words name places in its source. */
final class CudaRefusal {
    /** What a build with the CPU's library says, which has no provider to load. */
    private static final String CPU_BUILD = "Failed to find CUDA shared provider";

    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("(lib[\\w.+-]+\\.so[.\\d]*): cannot open shared object file");

    private static final String ELSE = "; or set the provider to cpu";

    private CudaRefusal() {}

    /** One sentence for what ONNX Runtime said. */
    static String sentence(String said) {
        if (said.contains(CPU_BUILD)) {
            return "CUDA is not usable: this build has ONNX Runtime for the CPU alone (onnxruntime, not"
                    + " onnxruntime_gpu); build with ./mvnw -Pcuda, or start with STAMPEDE_CUDA=true" + ELSE;
        }
        Matcher missing = MISSING_LIBRARY.matcher(said);
        if (missing.find()) {
            return "CUDA is not usable: the library " + missing.group(1) + " is missing; install the NVIDIA driver,"
                    + " CUDA 12 and cuDNN 9, with their libraries on LD_LIBRARY_PATH" + ELSE;
        }
        return "CUDA is not usable (" + said.strip() + "); onnxruntime_gpu needs the NVIDIA driver, CUDA 12 and cuDNN 9"
                + ELSE;
    }
}
