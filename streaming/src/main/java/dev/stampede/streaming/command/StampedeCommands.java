package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandRunner;
import picocli.CommandLine.Command;

/** Every command that this module holds; the launcher {@code ./stampede} starts it. */
@Command(
        name = "stampede",
        description = "Classifies the stamps of moving-object candidates.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            StreamCommand.class,
            HealthCommand.class,
            BrokerCommand.class,
            ProduceCommand.class,
            TailCommand.class,
            ReplayCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ModelsCommand.class,
            CanaryCommand.class,
            LabelCommand.class,
            ArchiveCommand.class,
            CandidatesToLabelCommand.class,
            ClassifyCommand.class,
            ExplainCommand.class,
            InspectCommand.class,
            SimulateCommand.class
        })
public final class StampedeCommands {
    private StampedeCommands() {}

    static StampedeCommands create() {
        return new StampedeCommands();
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new StampedeCommands(), arguments));
    }
}
