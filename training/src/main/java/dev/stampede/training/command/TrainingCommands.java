package dev.stampede.training.command;

import dev.stampede.commandline.CommandRunner;
import picocli.CommandLine.Command;

/** The commands that train and evaluate networks. */
@Command(
        name = "stampede",
        description = "Trains and evaluates networks on stamps of moving-object candidates.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EvaluateCommand.class,
            FetchDataCommand.class,
            SetDriftReferenceCommand.class,
            RetrainCommand.class,
            RetrainingJobCommand.class,
            TrainCommand.class
        })
public final class TrainingCommands {
    TrainingCommands() {}

    public static void main(String[] arguments) {
        CommandRunner.main(new TrainingCommands(), arguments);
    }
}
