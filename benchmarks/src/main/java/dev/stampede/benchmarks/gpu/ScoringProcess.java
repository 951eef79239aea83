package dev.stampede.benchmarks.gpu;

import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.systemtests.harness.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A separate program that runs a model for some seconds and prints its rate. */
final class ScoringProcess {
    private static final int HEAP_MEBIBYTES = 512;
    private static final long BYTES_PER_MEBIBYTE = 1 << 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Pattern RATE = Pattern.compile("Rate (\\d+)");

    private ScoringProcess() {}

    /** Starts one; it is ready after {@link JavaProcess#awaitRunning}. */
    static JavaProcess start(Path log, GpuSettings settings, double seconds) {
        return JavaProcess.start(
                log,
                HEAP_MEBIBYTES,
                ScoringProcess.class,
                List.of(
                        settings.isCuda() ? "cuda" : "cpu",
                        settings.modelNames().get(0),
                        String.valueOf(settings.largestBatch()),
                        String.valueOf(settings.memoryLimitMebibytes()),
                        String.valueOf(seconds)));
    }

    /** Waits for its end; its rate in stamps per second. */
    static double rate(JavaProcess process) throws InterruptedException {
        int exitCode = process.awaitEnd(TIMEOUT);
        Matcher rate = RATE.matcher(process.output());
        if (exitCode != 0 || !rate.find()) {
            throw new IllegalStateException("a scoring process ended with exit code " + exitCode + ": "
                    + process.output().strip());
        }
        return Double.parseDouble(rate.group(1));
    }

    /** PROVIDER MODEL BATCH LIMIT-IN-MEBIBYTES SECONDS. */
    public static void main(String[] arguments) throws InterruptedException {
        EngineSettings engine = arguments[0].equals("cuda")
                ? GpuSettings.withLimit(Long.parseLong(arguments[3]) * BYTES_PER_MEBIBYTE)
                : EngineSettings.CPU;
        int batch = Integer.parseInt(arguments[2]);
        try (StampModel model = StampModel.open(ModelFile.read(Path.of(arguments[1])), engine);
                Scorer scorer = model.newScorer(batch)) {
            float[] stamp = new float[model.contract().input().pixels()];
            while (scorer.count() < batch) {
                scorer.add(stamp);
            }
            scorer.run();
            System.out.println("Running; its first batch is scored");
            Loop scoring = Loop.of(() -> {
                scorer.run();
                return batch;
            });
            double rate = Loop.measure(1, Double.parseDouble(arguments[4]), () -> scoring)
                    .perSecond();
            System.out.println("Rate " + Math.round(rate));
        }
    }
}
