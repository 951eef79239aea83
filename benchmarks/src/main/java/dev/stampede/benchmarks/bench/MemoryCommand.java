package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench memory}: whether the stream's memory stays flat while it drains a backlog. */
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Builds a backlog, drains it with a stream of 512 MB heap, and watches that process's memory.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert has an outcome, and memory and threads are flat",
            "1:outcomes are missing, or memory grows",
            "2:wrong usage"
        })
final class MemoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--alerts",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "The backlog; 2 KB each on disk (default: ${DEFAULT-VALUE}).")
    private long alerts;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Between two looks, each after a full collection (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        if (alerts < 1 || seconds < 1) {
            throw CommandFailure.usage("--alerts and --every must be 1 or more");
        }
        try {
            Path folder = Files.createTempDirectory("stampede-memory-");
            MemoryResult result = new MemoryRun(alerts, seconds, model.file(), System.err).run(folder);
            Folders.delete(folder);
            Figures.print(spec.commandLine().getOut(), model.json(), result.figures());
            return result.isFlat() && result.outcomes() == alerts ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the files of a run", e);
        }
    }
}
