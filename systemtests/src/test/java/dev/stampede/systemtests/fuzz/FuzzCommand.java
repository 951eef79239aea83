package dev.stampede.systemtests.fuzz;

import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.OutputFormatOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench fuzz}: whether the stream survives malformed values. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description = "Sends corrupt alerts, random bytes and null values through the stream, and accounts for each.",
        exitCodeList = {
            "0:every value has one outcome, and no thread died",
            "1:a value has no outcome, several, or a dead letter with other bytes; or the stream stopped",
            "2:wrong usage"
        })
@Example("bench fuzz --values 100000")
public final class FuzzCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench;

    @Mixin
    private OutputFormatOptions output;

    @Option(names = "--values", paramLabel = "N", description = "Number of values.")
    private int values = 1_000_000;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the values.")
    private long seed = 1;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--values", values);
        FuzzResult result = FuzzRun.run(values, seed, output.format(), bench.model(), System.err);
        bench.print(result);
        return result.isKept() ? 0 : 1;
    }
}
