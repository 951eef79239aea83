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

/** {@code bench fuzz}: what the stream makes of values that nobody should send. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = "Sends broken alerts, random bytes and nothing at all through the stream, and accounts for each.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every value has one outcome, and no thread died",
            "1:a value has none, or more than one, or not its own bytes; or the stream stopped",
            "2:wrong usage"
        })
final class FuzzCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--values",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int values;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What they follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws InterruptedException {
        if (values < 1) {
            throw CommandFailure.usage("--values must be 1 or more, not " + values);
        }
        try {
            Path folder = Files.createTempDirectory("stampede-fuzz-");
            FuzzResult result = new FuzzRun(values, seed, model.file(), System.err).run(folder);
            Folders.delete(folder);
            Figures.print(spec.commandLine().getOut(), model.json(), result.figures());
            return result.isKept() ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the files of a run", e);
        }
    }
}
