package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.scoring.ProvenModel;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench drill}: makes every alert of the rules fire once, by a real fault, before a real Prometheus. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description =
                "Makes each alert of the rules fire by a real fault, as a Prometheus of its own sees it, and mends"
                        + " the fault where that is quick.",
        footer = "What each alert means: docs/operations.md.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert that was asked for fired, and fell silent where its fault was mended",
            "1:one did not; or there is no Prometheus",
            "2:wrong usage"
        })
final class DrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--prometheus",
            paramLabel = "FILE",
            description = "The program; without it the prometheus on PATH.")
    private @Nullable Path prometheus;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            defaultValue = "deploy/prometheus/rules.yml",
            description = "The rules; Prometheus gets a copy with short times (default: ${DEFAULT-VALUE}).")
    private Path rules;

    @Option(
            names = "--alert",
            paramLabel = "NAME",
            description = "Only this alert; may come more than once. Without it: all.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws InterruptedException {
        DrillRules file = DrillRules.read(rules);
        Set<String> asked = asked(file.alerts());
        ModelFile judge = model.file();
        demandReference(judge, asked);
        Path program = prometheus == null ? Prometheus.onPath() : prometheus;
        Map<String, DrillResult> results = play(file, asked, judge, program, System.err);
        List<DrillResult> all = asked.stream()
                .map(alert -> results.getOrDefault(
                        alert, DrillResult.of(alert, "no fault is known for it", OptionalDouble.empty())))
                .toList();
        report(all);
        return all.stream().allMatch(DrillResult::isProved) ? 0 : 1;
    }

    private Set<String> asked(List<String> alerts) {
        for (String name : only) {
            if (!alerts.contains(name)) {
                throw CommandFailure.usage("--alert must be one of " + String.join(", ", alerts) + ", not " + name);
            }
        }
        return new LinkedHashSet<>(only.isEmpty() ? alerts : only);
    }

    private static void demandReference(ModelFile file, Set<String> asked) {
        if (asked.contains(PopulationScene.DRIFT)) {
            try (ProvenModel proven = ProvenModel.open(file)) {
                if (proven.reference().isEmpty()) {
                    throw CommandFailure.usage(file.origin() + " holds no reference population, which "
                            + PopulationScene.DRIFT
                            + " needs: train one with ./stampede train and name it with --model,"
                            + " or name the other alerts with --alert");
                }
            }
        }
    }

    /** Plays the scenes of the alerts that are asked for; the files stay in a temporary folder where one did not fire. */
    private static Map<String, DrillResult> play(
            DrillRules rules, Set<String> asked, ModelFile judge, Path program, PrintStream notes)
            throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("stampede-drill-");
            notes.println("Files in " + folder);
            DrillStage stage;
            try (Prometheus watching = Prometheus.start(program, rules.shortened(), folder)) {
                stage = new DrillStage(watching, asked, judge, folder, notes);
                for (DrillScene scene : DrillScene.all()) {
                    if (scene.alerts().stream().anyMatch(asked::contains)) {
                        scene.play(stage);
                    }
                }
            }
            if (stage.results().values().stream().allMatch(DrillResult::isProved)) {
                Folders.delete(folder);
            }
            return stage.results();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the files of a drill", e);
        }
    }

    private void report(List<DrillResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        if (model.json()) {
            Figures.print(
                    out,
                    true,
                    Map.of("alerts", results.stream().map(DrillResult::figures).toList()));
        } else {
            out.printf(Locale.ROOT, "%-28s %8s %8s   %s%n", "alert", "fired", "silent", "fault");
            results.forEach(result -> out.println(result.row()));
            out.flush();
        }
    }
}
