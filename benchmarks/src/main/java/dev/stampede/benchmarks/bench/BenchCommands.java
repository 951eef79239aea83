package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandRunner;
import picocli.CommandLine.Command;

/** Every command that this module holds; the launcher {@code ./stampede} starts it. */
@Command(name = "stampede", mixinStandardHelpOptions = true, subcommands = BenchCommands.Bench.class)
public final class BenchCommands {
    private BenchCommands() {}

    static BenchCommands create() {
        return new BenchCommands();
    }

    /** {@code bench}: the measurements, one a subcommand. */
    @Command(
            name = "bench",
            mixinStandardHelpOptions = true,
            description = "Measures stream and training on this machine, or ill-treats the stream and counts.",
            footer = "What the figures mean: docs/performance.md, docs/guarantees.md and docs/training.md.",
            subcommands = {
                StreamCommand.class,
                LatencyCommand.class,
                LifecycleCommand.class,
                ExplainCommand.class,
                CrashCommand.class,
                ScaleCommand.class,
                SoakCommand.class,
                MemoryCommand.class,
                FuzzCommand.class,
                DrillCommand.class,
                PacketsCommand.class,
                TrainCommand.class
            })
    static final class Bench {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new BenchCommands(), arguments));
    }
}
