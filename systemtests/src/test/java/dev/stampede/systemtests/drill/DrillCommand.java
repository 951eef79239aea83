package dev.stampede.systemtests.drill;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench drill}: makes every alert of the rules fire by a real fault. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = "Makes each alert of the rules fire in a Prometheus server by injecting a real fault, and repairs"
                + " the fault if that is quick.",
        footer = "What each alert means: docs/how-to/respond-to-alerts.md.",
        exitCodeList = {
            "0:every selected alert fired, and resolved if its fault was repaired",
            "1:one did not; or there is no Prometheus",
            "2:wrong usage"
        })
@Example("bench drill --alert StampedeDeadLetters")
public final class DrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BenchOptions bench;

    @Option(names = "--prometheus", paramLabel = "FILE", description = "The program (default: prometheus on PATH).")
    private @Nullable Path prometheus;

    @Option(names = "--rules", paramLabel = "FILE", description = "The rules, of which a copy has short times.")
    private Path rules = Path.of("deploy/prometheus/rules.yml");

    @Option(names = "--alert", paramLabel = "NAME", description = "Only this alert; repeatable (default: all).")
    private List<String> only = List.of();

    @Override
    public Integer call() throws InterruptedException {
        DrillRules file = DrillRules.read(rules);
        for (String name : only) {
            if (!file.alerts().contains(name)) {
                throw CommandException.usage(
                        "--alert must be one of " + String.join(", ", file.alerts()) + ", not " + name);
            }
        }
        Set<String> selected = new LinkedHashSet<>(only.isEmpty() ? file.alerts() : only);
        ModelFile model = bench.model();
        requireReference(model, selected);
        Path program = prometheus != null
                ? prometheus
                : Prometheus.onPath()
                        .orElseThrow(
                                () -> CommandException.failed("There is no prometheus on PATH: install it (on Debian:"
                                        + " apt install prometheus), or give the program with --prometheus FILE"));
        List<DrillResult> results = run(file, selected, model, program);
        print(results);
        return results.stream().allMatch(DrillResult::isProven) ? 0 : 1;
    }

    private static void requireReference(ModelFile file, Set<String> selected) {
        if (selected.contains(ModelFaults.DRIFT)) {
            try (VerifiedModel verified = VerifiedModel.open(file)) {
                if (verified.reference().isEmpty()) {
                    throw CommandException.usage(file.origin() + " has no reference population, which "
                            + ModelFaults.DRIFT + " needs: use a model of ./stampede train, or select the other alerts"
                            + " with --alert");
                }
            }
        }
    }

    /** Runs the drill; its files are kept if an alert fails. */
    static List<DrillResult> run(DrillRules rules, Set<String> selected, ModelFile model, Path program)
            throws InterruptedException {
        return RunFolder.run(
                "drill",
                folder -> {
                    Map<String, DrillResult> results;
                    try (Prometheus server = Prometheus.start(program, rules.shortened(), "[]", Map.of(), folder)) {
                        Drill drill = new Drill(server, selected, model, folder, System.err);
                        DrillScenario.run(drill, selected);
                        results = drill.results();
                    }
                    return selected.stream()
                            .map(alert -> results.getOrDefault(alert, DrillResult.of(alert, "no fault is known", null)))
                            .toList();
                },
                results -> results.stream().allMatch(DrillResult::isProven));
    }

    private void print(List<DrillResult> results) {
        if (bench.json()) {
            bench.print(Map.of("alerts", results));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-28s %8s %8s   %s%n", "alert", "fired", "silent", "fault");
        results.forEach(result -> out.println(result.row()));
        out.flush();
    }
}
