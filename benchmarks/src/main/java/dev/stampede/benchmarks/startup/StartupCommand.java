package dev.stampede.benchmarks.startup;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench startup}: the time from the shell to the first result of a command. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description =
                "Measures the time from the shell to the end of --help, to the first verdict of classify, to the end of"
                        + " produce, tail, models and replay-dead-letters on a local broker, and to the readiness of stream.")
@Example("bench startup --json")
public final class StartupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Runs of each command that count; one more comes before.")
    private int rounds = 5;

    @Option(
            names = "--launcher",
            paramLabel = "FILE",
            description =
                    "Launcher to measure, such as that of a distribution (default: the one that runs this command).")
    private @Nullable Path launcher;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--rounds", rounds);
        Path program = launcher == null ? Path.of(System.getProperty("stampede.launcher", "./stampede")) : launcher;
        if (!Files.isExecutable(program)) {
            throw CommandException.usage("--launcher: " + program
                    + " is not a program; name bin/stampede of a distribution," + " or ./stampede.");
        }
        Results.print(spec.commandLine().getOut(), json, StartupBench.run(program, rounds, System.err));
        return 0;
    }
}
