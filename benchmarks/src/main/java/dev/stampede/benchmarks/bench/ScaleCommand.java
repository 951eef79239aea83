package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench scale}: whether several instances on several brokers lose nothing where one of each is lost. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "Runs three instances on three brokers, kills one of each under load, and compares every outcome.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert has its one right outcome",
            "1:alerts are missing, double or wrong, or the stream did not recover",
            "2:wrong usage"
        })
final class ScaleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--alerts",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Alerts to send, at least (default: ${DEFAULT-VALUE}).")
    private long alerts;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "1000",
            description = "Alerts a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Override
    public Integer call() throws InterruptedException {
        if (alerts < 1 || rate < 1) {
            throw CommandFailure.usage("--alerts and --rate must be 1 or more");
        }
        CrashResult result = run(
                new CrashSettings(StreamsConfig.EXACTLY_ONCE_V2, "classic", alerts, rate, List.of()),
                model.file(),
                System.err);
        Map<String, Object> figures =
                new LinkedHashMap<>(Map.of("brokers", ScaleRun.BROKERS, "instances", ScaleRun.INSTANCES));
        figures.putAll(result.figures());
        Figures.print(spec.commandLine().getOut(), model.json(), figures);
        return result.isKept() ? 0 : 1;
    }

    /** One run, whose files stay in a temporary folder only where it fails. */
    static CrashResult run(CrashSettings settings, ModelFile file, PrintStream notes) throws InterruptedException {
        try (StampClassifier classifier = StampClassifier.open(file)) {
            return Folders.keptWhereItFails(
                    "scale",
                    folder -> {
                        notes.println("Files in " + folder);
                        Path model = Files.write(folder.resolve("model.onnx"), file.bytes());
                        try (ScaleRun run = ScaleRun.of(settings, CrashAlerts.of(classifier), folder, model, notes)) {
                            CrashResult result = run.run();
                            notes.println("Instances that were started again: " + run.restarts());
                            return result;
                        }
                    },
                    CrashResult::isKept);
        }
    }
}
