package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench soak}: whether the stream stays as it is under a steady load with faults. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Loads the stream steadily, restarts its broker, kills an instance, sends storms of what cannot be"
                        + " read, and watches memory, threads, files, latency and lag.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert has its one right outcome, and nothing grows",
            "1:alerts are missing, double or wrong, or something grows",
            "2:wrong usage"
        })
final class SoakCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "60",
            description = "How long the load goes on (default: ${DEFAULT-VALUE}).")
    private double minutes;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Alerts a second. Without it: half of what a short probe measures.")
    private @Nullable Integer rate;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Between two looks, each after a full collection (default: ${DEFAULT-VALUE}).")
    private double every;

    @Option(names = "--png", paramLabel = "FILE", description = "Also draw how all went over time.")
    private @Nullable Path png;

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0) || !(every >= 0.1) || (rate != null && rate < 1)) {
            throw CommandFailure.usage("--minutes must be above 0, --every 0.1 or more, --rate 1 or more");
        }
        OptionalInt perSecond = rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
        SoakResult result = run(
                new SoakSettings(minutes * TimeUnit.MINUTES.toSeconds(1), perSecond, (long) (every * 1000)),
                model.file(),
                System.err);
        if (png != null) {
            SoakPicture.write(result, png);
        }
        Figures.print(spec.commandLine().getOut(), model.json(), result.figures());
        return result.isSteady() ? 0 : 1;
    }

    /** One run, whose files stay in a temporary folder only where it fails. */
    static SoakResult run(SoakSettings settings, ModelFile file, PrintStream notes) throws InterruptedException {
        try (StampClassifier classifier = StampClassifier.open(file)) {
            return Folders.keptWhereItFails(
                    "soak",
                    folder -> {
                        Path model = Files.write(folder.resolve("model.onnx"), file.bytes());
                        try (SoakRun run = SoakRun.of(settings, CrashAlerts.of(classifier), folder, model, notes)) {
                            return run.run();
                        }
                    },
                    SoakResult::isSteady);
        }
    }
}
