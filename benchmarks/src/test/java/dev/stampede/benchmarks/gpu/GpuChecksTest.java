package dev.stampede.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.benchmarks.gpu.GpuCheckResult.State;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.TinyModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuChecksTest {
    private static final PrintStream NO_NOTES = new PrintStream(OutputStream.nullOutputStream());

    private static GpuCheck check(String name, boolean isRequired, boolean isGood) {
        return new GpuCheck(name, isRequired, () -> new Finding(isGood, name, Map.of()));
    }

    private static GpuSettings onCpu(Path model) {
        return new GpuSettings(
                EngineSettings.Provider.CPU,
                List.of(ModelFile.read(model)),
                List.of(model.toString()),
                List.of(1, 16),
                0.01,
                256,
                1);
    }

    @Test
    void nothingIsReachedAfterARequiredCheckThatFails() throws InterruptedException {
        List<GpuCheckResult> results = CheckList.run(
                List.of(
                        check("first", false, false),
                        check("second", true, true),
                        check("third", true, false),
                        check("fourth", false, true)),
                NO_NOTES);
        assertThat(results)
                .extracting(GpuCheckResult::state)
                .containsExactly(State.FAILED, State.PASSED, State.FAILED, State.NOT_REACHED);
    }

    @Test
    void anExceptionFailsACheckWithItsMessage() throws InterruptedException {
        GpuCheck broken = new GpuCheck("broken", false, () -> {
            throw new IllegalStateException("CUDA failure 2: out of memory");
        });
        assertThat(CheckList.run(List.of(broken), NO_NOTES)).singleElement().satisfies(result -> {
            assertThat(result.state()).isEqualTo(State.FAILED);
            assertThat(result.detail()).contains("CUDA failure 2: out of memory");
        });
    }

    @Test
    void namesEveryMissingLibraryAndTheBuild(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("libcudart.so.12"), "\0cudaLibraryLoadData\0");
        Path driver = Files.createFile(folder.resolve("libcuda.so.1.1"));
        String cache = "\tlibcuda.so.1 (libc6,x86-64) => " + driver + "\n\tlibcublas.so.12 (libc6) => /lib32/x\n";

        Finding finding = new CudaLibraries(List.of(folder), cache, false).find();

        assertThat(finding.isGood()).isFalse();
        assertThat(finding.detail())
                .contains(
                        "STAMPEDE_CUDA=true", "libcublas.so.12 (CUDA 12)", "libcudnn.so.9 (cuDNN 9)", "LD_LIBRARY_PATH")
                .doesNotContain("libcudart.so.12 (", "libcuda.so.1 (");
        assertThat(finding.figures()).containsKeys("libcudart.so.12", "libcuda.so.1");
    }

    @Test
    void namesTheVersionNeededIfTheCudaRuntimeIsTooOld(@TempDir Path folder) throws IOException, InterruptedException {
        Path old = Files.writeString(folder.resolve("libcudart.so.12"), "\0cudaMalloc\0");

        assertThat(new CudaLibraries(List.of(folder), "", true).find().detail())
                .contains("libcudart.so.12 (CUDA 12.8 or a later 12; " + old.toRealPath() + " is older");
    }

    @Test
    void checksAModelOnTheProvider(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        ModelChecks checks = new ModelChecks(onCpu(file), NO_NOTES);

        assertThat(checks.provider().detail()).endsWith("scores on cpu");
        assertThat(checks.nodes().isGood()).isTrue();
        assertThat(checks.nodes().figures().get(file.toString()))
                .asString()
                .matches("\\{CPUExecutionProvider=[1-9]\\d*}");
        assertThat(checks.agreement().isGood()).isTrue();
        assertThat(checks.warmUp().isGood()).isTrue();
        assertThat(checks.explanations().figures().get("perSecond"))
                .isInstanceOfSatisfying(Double.class, rate -> assertThat(rate).isPositive());
    }

    @Test
    @SuppressWarnings("unchecked")
    void measuresEachBatchSizeWithAndWithoutNewTensors(@TempDir Path folder) throws IOException, InterruptedException {
        Path file = TinyModel.standard().write(folder.resolve("tiny.onnx"));

        Object rates =
                new ModelChecks(onCpu(file), NO_NOTES).throughput().figures().get("rates");

        assertThat((List<BatchRate>) rates).hasSize(2).allSatisfy(rate -> {
            assertThat(rate.perSecond()).isPositive();
            assertThat(rate.newTensorsPerSecond()).isPositive();
            assertThat(rate.ratioToCpu()).isEqualTo(1);
        });
    }
}
