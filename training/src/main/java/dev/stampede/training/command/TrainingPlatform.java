package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** The platforms for which both Deeplearning4j and ONNX Runtime have a native library. */
final class TrainingPlatform {
    private static final Set<String> SUPPORTED = Set.of("linux amd64", "linux aarch64", "mac aarch64");
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    private TrainingPlatform() {}

    /** Ends {@code command} with one sentence if this machine cannot run it. */
    static void require(String command) {
        require(command, System.getProperty("os.name"), System.getProperty("os.arch"), PROCESSOR);
    }

    static void require(String command, String system, String architecture, Path processor) {
        String name = system.toLowerCase(Locale.ROOT);
        String platform = (name.startsWith("mac") ? "mac" : name) + " " + architecture;
        if (!SUPPORTED.contains(platform)) {
            throw cannotRun(command, system + " " + architecture);
        }
        if (platform.equals("linux amd64") && !hasAvx2(processor)) {
            throw cannotRun(command, "this processor, which lacks AVX2");
        }
    }

    private static boolean hasAvx2(Path processor) {
        try {
            return Files.readString(processor).contains("avx2");
        } catch (IOException e) {
            return true; // not known: Deeplearning4j reports it
        }
    }

    private static CommandException cannotRun(String command, String platform) {
        return CommandException.usage(command + " cannot run on " + platform
                + ": its native libraries exist for Linux (x86-64 with AVX2, ARM64) and macOS (ARM64) only.");
    }
}
