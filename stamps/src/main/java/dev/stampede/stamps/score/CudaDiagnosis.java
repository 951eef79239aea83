package dev.stampede.stamps.score;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains why CUDA cannot be used; the messages of ONNX Runtime name places in its source. */
final class CudaDiagnosis {
    /** The message of a build for the CPU, which has no provider to load. */
    private static final String CPU_BUILD = "Failed to find CUDA shared provider";

    private static final Pattern MISSING_LIBRARY =
            Pattern.compile("(lib[\\w.+-]+\\.so[.\\d]*): cannot open shared object file");

    private static final String ELSE = "; or set the provider to cpu";

    private CudaDiagnosis() {}

    /** One sentence for a message of ONNX Runtime. */
    static String sentence(String reported) {
        if (reported.contains(CPU_BUILD)) {
            return "CUDA is not usable: this build contains ONNX Runtime for the CPU only (onnxruntime, not"
                    + " onnxruntime_gpu); build with ./mvnw -Pcuda, or start with STAMPEDE_CUDA=true" + ELSE;
        }
        Matcher missing = MISSING_LIBRARY.matcher(reported);
        if (missing.find()) {
            return "CUDA is not usable: the library " + missing.group(1) + " is missing; install the NVIDIA driver,"
                    + " CUDA 12 and cuDNN 9, with their libraries on LD_LIBRARY_PATH" + ELSE;
        }
        return "CUDA is not usable (" + reported.strip()
                + "); onnxruntime_gpu needs the NVIDIA driver, CUDA 12 and cuDNN 9" + ELSE;
    }
}
