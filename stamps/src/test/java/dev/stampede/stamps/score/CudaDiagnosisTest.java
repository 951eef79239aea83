package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.score.EngineSettings.Arena;
import dev.stampede.stamps.score.EngineSettings.ConvolutionSearch;
import dev.stampede.stamps.score.EngineSettings.Cuda;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages are those of ONNX Runtime on a machine without a GPU. */
class CudaDiagnosisTest {
    @Test
    void namesTheLibraryThatIsMissingAndTheRemedy() {
        String reported =
                "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988"
                        + " onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to"
                        + " load library /tmp/onnxruntime-java12553864479172045727/libonnxruntime_providers_cuda.so with error:"
                        + " libcublasLt.so.12: cannot open shared object file: No such file or directory\n";
        assertThat(CudaDiagnosis.sentence(reported))
                .startsWith("CUDA is not usable: the library libcublasLt.so.12 is missing; install")
                .contains("CUDA 12 and cuDNN 9", "cpu");
    }

    @Test
    void saysThatTheBuildIsForTheCpuAndHowToBuildTheOther() {
        assertThat(CudaDiagnosis.sentence("Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider"))
                .contains("for the CPU only", "./mvnw -Pcuda", "STAMPEDE_CUDA=true");
    }

    @Test
    void quotesWhatItDoesNotKnow() {
        assertThat(CudaDiagnosis.sentence("CUDA failure 100: no CUDA-capable device is detected"))
                .contains("(CUDA failure 100: no CUDA-capable device is detected)", "NVIDIA driver");
    }

    @Test
    void givesTheProviderItsOptionsByTheNamesItKnows() {
        assertThat(Cuda.FIRST.options())
                .isEqualTo(Map.of("arena_extend_strategy", "kNextPowerOfTwo", "cudnn_conv_algo_search", "EXHAUSTIVE"));
        assertThat(new Cuda(1, 1 << 20, Arena.SAME_AS_REQUESTED, ConvolutionSearch.HEURISTIC, false).options())
                .isEqualTo(Map.of(
                        "arena_extend_strategy",
                        "kSameAsRequested",
                        "cudnn_conv_algo_search",
                        "HEURISTIC",
                        "gpu_mem_limit",
                        "1048576"));
    }

    @Test
    void refusesTwoRuntimesOnOneClassPath(@TempDir Path folder) throws IOException {
        URL[] both = {place(folder.resolve("onnxruntime")), place(folder.resolve("onnxruntime_gpu"))};
        try (URLClassLoader loader = new URLClassLoader(both, null)) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> SingleRuntimeCheck.require(loader))
                    .withMessageContainingAll("2 times", "onnxruntime_gpu", "keep either");
        }
        assertThatCode(() -> SingleRuntimeCheck.require(OnnxSession.class.getClassLoader()))
                .doesNotThrowAnyException();
    }

    private static URL place(Path folder) throws IOException {
        Path file = folder.resolve("ai/onnxruntime/OrtEnvironment.class");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        return folder.toUri().toURL();
    }
}
