package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandRunner;
import picocli.CommandLine.Command;

/** The commands of training. */
@Command(
        name = "stampede",
        description = "Trains and measures networks on stamps of moving-object candidates.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EvaluateCommand.class,
            FetchDataCommand.class,
            ReferenceCommand.class,
            RetrainCommand.class,
            TrainCommand.class
        })
public final class TrainingCommands {
    TrainingCommands() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new TrainingCommands(), arguments));
    }
}
