package dev.stampede.benchmarks.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the tool of the NVIDIA driver. */
final class NvidiaSmi {
    private static final long TIMEOUT_SECONDS = 30;

    private NvidiaSmi() {}

    /** The values of {@code fields} for the first GPU, comma-separated, without units; empty if the tool is absent or fails. */
    static Optional<String> query(String fields) throws InterruptedException {
        return output(List.of("nvidia-smi", "--query-gpu=" + fields, "--format=csv,noheader,nounits"))
                .flatMap(text -> text.lines().findFirst());
    }

    /** What a program prints; empty if there is no such program or it fails. */
    static Optional<String> output(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            // On a faulty GPU it may never answer.
            CompletableFuture.delayedExecutor(TIMEOUT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
