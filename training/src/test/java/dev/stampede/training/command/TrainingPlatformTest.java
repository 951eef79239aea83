package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingPlatformTest {
    @TempDir
    private Path folder;

    private Path processor(String flags) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), "processor : 0\nflags : fpu sse4_2 " + flags + "\n");
    }

    @ParameterizedTest
    @CsvSource({"Linux, amd64", "Linux, aarch64", "Mac OS X, aarch64"})
    void acceptsThePlatformsWithANativeLibrary(String system, String architecture) throws IOException {
        Path processor = processor("avx avx2");
        assertThatCode(() -> TrainingPlatform.require("train", system, architecture, processor))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Mac OS X, x86_64", "Linux, riscv64", "Linux, ppc64le"})
    void refusesOthersByName(String system, String architecture) throws IOException {
        Path processor = processor("avx2");
        assertThatThrownBy(() -> TrainingPlatform.require("retrain", system, architecture, processor))
                .hasMessage("retrain cannot run on " + system + " " + architecture
                        + ": its native libraries exist for Linux (x86-64 with AVX2, ARM64) and macOS (ARM64) only.");
    }

    @Test
    void refusesAProcessorWithoutAvx2() throws IOException {
        Path processor = processor("avx");
        assertThatThrownBy(() -> TrainingPlatform.require("train", "Linux", "amd64", processor))
                .hasMessageContaining("lacks AVX2");
    }
}
