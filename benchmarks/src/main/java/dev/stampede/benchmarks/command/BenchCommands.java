package dev.stampede.benchmarks.command;

import dev.stampede.benchmarks.gpu.GpuCommand;
import dev.stampede.benchmarks.latency.LatencyCommand;
import dev.stampede.benchmarks.packets.PacketsCommand;
import dev.stampede.benchmarks.peers.PeersCommand;
import dev.stampede.benchmarks.startup.StartupCommand;
import dev.stampede.benchmarks.stream.StreamBenchCommand;
import dev.stampede.benchmarks.train.TrainBenchCommand;
import dev.stampede.commandline.CommandRunner;
import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.systemtests.crash.CrashCommand;
import dev.stampede.systemtests.drill.DrillCommand;
import dev.stampede.systemtests.fuzz.FuzzCommand;
import dev.stampede.systemtests.lifecycle.LifecycleCommand;
import dev.stampede.systemtests.network.NetworkCommand;
import dev.stampede.systemtests.soak.SoakCommand;
import dev.stampede.training.command.TrainingCommands;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Every command of Stampede in one program: those of bench, of streaming and of training. */
@Command(name = "stampede", mixinStandardHelpOptions = true, subcommands = BenchCommands.Bench.class)
public final class BenchCommands {
    /** {@code bench}: measurements and system tests. */
    @Command(
            name = "bench",
            mixinStandardHelpOptions = true,
            description = "Measures the stream and training on this machine, and runs system tests of the stream.",
            footer = "What the results mean: docs/reference/benchmarks.md and docs/reference/system-tests.md.",
            subcommands = {
                StreamBenchCommand.class,
                LatencyCommand.class,
                PeersCommand.class,
                PacketsCommand.class,
                GpuCommand.class,
                TrainBenchCommand.class,
                StartupCommand.class,
                CrashCommand.class,
                NetworkCommand.class,
                SoakCommand.class,
                FuzzCommand.class,
                LifecycleCommand.class,
                DrillCommand.class
            })
    static final class Bench {}

    static CommandLine commandLine() {
        CommandLine all = CommandRunner.commandLine(new BenchCommands());
        for (Class<?> others : List.of(StampedeCommands.class, TrainingCommands.class)) {
            CommandRunner.commandLine(others).getSubcommands().forEach(all::addSubcommand);
        }
        return all;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        CommandRunner.main(commandLine(), arguments);
    }
}
