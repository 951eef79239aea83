package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench crash}: crashes the stream again and again, and counts what is missing, double or wrong. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = "Kills, stops, joins and cuts off the stream while it works, and compares every outcome.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every guarantee was kept",
            "1:alerts are missing, wrong, or double under exactly_once_v2; or the stream did not recover",
            "2:wrong usage"
        })
final class CrashCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--alerts",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Alerts a run, at least (default: ${DEFAULT-VALUE}).")
    private long alerts;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "1000",
            description = "Alerts a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each kind of event happens (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--guarantee",
            paramLabel = "G",
            description = "exactly_once_v2 or at_least_once. Without it: both.")
    private @Nullable String guarantee;

    @Option(names = "--protocol", paramLabel = "P", description = "classic or streams. Without it: both.")
    private @Nullable String protocol;

    @Override
    public Integer call() throws InterruptedException {
        if (alerts < 1 || rate < 1 || times < 1) {
            throw CommandFailure.usage("--alerts, --rate and --times must be 1 or more");
        }
        List<String> guarantees =
                chosen("--guarantee", guarantee, List.of(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE));
        List<String> protocols = chosen("--protocol", protocol, List.of("classic", "streams"));
        List<CrashResult> results = new ArrayList<>();
        for (String promised : guarantees) {
            for (String grouped : protocols) {
                results.add(run(
                        new CrashSettings(promised, grouped, alerts, rate, CrashSettings.everyKind(times)),
                        model.file(),
                        System.err));
            }
        }
        Figures.print(
                spec.commandLine().getOut(),
                model.json(),
                Map.of("runs", results.stream().map(CrashResult::figures).toList()));
        return results.stream().allMatch(CrashResult::isKept) ? 0 : 1;
    }

    private static List<String> chosen(String option, @Nullable String choice, List<String> all) {
        if (choice == null) {
            return all;
        }
        if (!all.contains(choice)) {
            throw CommandFailure.usage(option + " must be one of " + String.join(", ", all) + ", not " + choice);
        }
        return List.of(choice);
    }

    /** One run, whose files stay in a temporary folder only where it fails. */
    static CrashResult run(CrashSettings settings, ModelFile file, PrintStream notes) throws InterruptedException {
        try (StampClassifier classifier = StampClassifier.open(file)) {
            return Folders.keptWhereItFails(
                    "crash",
                    folder -> {
                        notes.println(settings.guarantee() + ", " + settings.protocol() + "; files in " + folder);
                        Path model = Files.write(folder.resolve("model.onnx"), file.bytes());
                        try (CrashRun run = CrashRun.of(settings, CrashAlerts.of(classifier), folder, model, notes)) {
                            return run.run();
                        }
                    },
                    CrashResult::isKept);
        }
    }
}
