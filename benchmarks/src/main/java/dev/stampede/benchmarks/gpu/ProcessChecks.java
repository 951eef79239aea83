package dev.stampede.benchmarks.gpu;

import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.ProcessMonitor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks with separate processes: memory with a limit, a kill, two at once. */
final class ProcessChecks {
    /** Outside of the arena: the context of CUDA, the code of its kernels, the workspaces of cuDNN and cuBLAS. An estimate. */
    private static final double MEBIBYTES_OUTSIDE_OF_ARENA = 1536;

    /** What may remain of a process that was killed: other programs use the GPU too. */
    private static final double RELEASED_MEBIBYTES = 64;

    private static final int RELEASE_SECONDS = 30;
    private static final int POLL_MILLIS = 200;

    /** Longer than any start; such a process is killed. */
    private static final double ENDLESS_SECONDS = 600;

    private final GpuSettings settings;
    private final Path folder;
    private int started;

    /** @param folder for the logs of the processes */
    ProcessChecks(GpuSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    private JavaProcess start(double seconds) {
        return ScoringProcess.start(folder.resolve("scoring-" + started++ + ".log"), settings, seconds);
    }

    /** The memory of a process whose arena has the limit, on the GPU or else resident. */
    Finding memory() throws InterruptedException {
        double before = gpuMebibytes();
        try (JavaProcess process = start(ENDLESS_SECONDS)) {
            process.awaitRunning();
            double used = settings.isCuda() ? gpuMebibytes() - before : ProcessMonitor.residentMebibytes(process.pid());
            process.kill();
            double limit = settings.memoryLimitMebibytes();
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("limitMebibytes", limit);
            figures.put("usedMebibytes", used);
            String detail = "%.0f MiB are used at a batch of %d; the limit is %.0f MiB%s"
                    .formatted(
                            used,
                            settings.largestBatch(),
                            limit,
                            settings.isCuda() ? "" : ", which holds for the memory of a GPU only");
            boolean isGood = used > 0 && (!settings.isCuda() || used <= limit + MEBIBYTES_OUTSIDE_OF_ARENA);
            return new Finding(isGood, detail, figures);
        }
    }

    /** After SIGKILL during a run the memory is released, and the next process scores. */
    Finding kill() throws InterruptedException {
        double before = gpuMebibytes();
        try (JavaProcess process = start(ENDLESS_SECONDS)) {
            process.awaitRunning();
            process.kill();
        }
        double seconds = secondsToRelease(before);
        try (JavaProcess next = start(settings.seconds())) {
            double rate = ScoringProcess.rate(next);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("releaseSeconds", seconds);
            figures.put("nextPerSecond", Math.round(rate));
            boolean isGood = seconds <= RELEASE_SECONDS;
            return new Finding(
                    isGood,
                    isGood
                            ? "the next process scores %,.0f stamps per second".formatted(rate)
                            : "the memory of a killed process is not released after " + RELEASE_SECONDS + " s",
                    figures);
        }
    }

    private double secondsToRelease(double before) throws InterruptedException {
        long start = System.nanoTime();
        while (gpuMebibytes() > before + RELEASED_MEBIBYTES && (System.nanoTime() - start) / 1e9 <= RELEASE_SECONDS) {
            Thread.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** A process scores while another one does, as two streams on one GPU. */
    Finding two() throws InterruptedException {
        double alone;
        try (JavaProcess process = start(settings.seconds())) {
            alone = ScoringProcess.rate(process);
        }
        try (JavaProcess other = start(ENDLESS_SECONDS)) {
            other.awaitRunning();
            double besideAnother;
            try (JavaProcess process = start(settings.seconds())) {
                besideAnother = ScoringProcess.rate(process);
            }
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("alonePerSecond", Math.round(alone));
            figures.put("besideAnotherPerSecond", Math.round(besideAnother));
            return new Finding(
                    other.isAlive(),
                    other.isAlive()
                            ? "%,.0f stamps per second while another process scores, %,.0f alone"
                                    .formatted(besideAnother, alone)
                            : "the other process ended: " + other.output().strip(),
                    figures);
        }
    }

    /** The used memory of the GPU; 0 without one. */
    private double gpuMebibytes() throws InterruptedException {
        if (!settings.isCuda()) {
            return 0;
        }
        return NvidiaSmi.query("memory.used")
                .map(Double::parseDouble)
                .orElseThrow(() -> new IllegalStateException(
                        "nvidia-smi does not run, so the memory of the GPU is unknown: put it on the PATH"));
    }
}
