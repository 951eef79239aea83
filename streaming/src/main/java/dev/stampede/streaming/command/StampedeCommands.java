package dev.stampede.streaming.command;

import dev.stampede.commandline.CommandRunner;
import dev.stampede.commandline.CompletionCommand;
import dev.stampede.streaming.command.label.CandidatesToLabelCommand;
import dev.stampede.streaming.command.label.ExportLabelsCommand;
import dev.stampede.streaming.command.label.LabelCommand;
import dev.stampede.streaming.command.model.AdoptCommand;
import dev.stampede.streaming.command.model.CompareShadowCommand;
import dev.stampede.streaming.command.model.ModelsCommand;
import dev.stampede.streaming.command.model.PromoteCommand;
import dev.stampede.streaming.command.model.RollbackCommand;
import dev.stampede.streaming.command.run.BrokerCommand;
import dev.stampede.streaming.command.run.DemoCommand;
import dev.stampede.streaming.command.run.HealthCommand;
import dev.stampede.streaming.command.run.InjectCommand;
import dev.stampede.streaming.command.run.StreamCommand;
import dev.stampede.streaming.command.stamp.ClassifyCommand;
import dev.stampede.streaming.command.stamp.ExplainCommand;
import dev.stampede.streaming.command.stamp.InjectTrainingCommand;
import dev.stampede.streaming.command.stamp.InspectCommand;
import dev.stampede.streaming.command.stamp.SimulateCommand;
import dev.stampede.streaming.command.topic.ProduceCommand;
import dev.stampede.streaming.command.topic.ReplayDeadLettersCommand;
import dev.stampede.streaming.command.topic.TailCommand;
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
            ReplayDeadLettersCommand.class,
            AdoptCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ModelsCommand.class,
            CompareShadowCommand.class,
            InjectCommand.class,
            LabelCommand.class,
            ExportLabelsCommand.class,
            CandidatesToLabelCommand.class,
            ClassifyCommand.class,
            ExplainCommand.class,
            InspectCommand.class,
            SimulateCommand.class,
            InjectTrainingCommand.class,
            CompletionCommand.class
        })
public final class StampedeCommands {
    private StampedeCommands() {}

    static StampedeCommands create() {
        return new StampedeCommands();
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        CommandRunner.main(new StampedeCommands(), arguments);
    }
}
