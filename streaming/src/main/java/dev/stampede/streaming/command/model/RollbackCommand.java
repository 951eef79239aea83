package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.Program;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseSender;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rollback}: retires the model that was released last. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Retires the live model: the previous live model is used again, or, if there is none, the model that"
                        + " each stream was started with.")
@Example("rollback --comment regression")
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private ReleaseOptions options = new ReleaseOptions();

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "live",
            description = "Role to roll back: ${COMPLETION-CANDIDATES}.")
    private PromoteCommand.Role role;

    @Option(
            names = "--json",
            description = "Print the retired model and the one that now has the role as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Release> newestFirst =
                options.releases().of(ReleaseRole.valueOf(role.name().toUpperCase(Locale.ROOT)));
        if (newestFirst.isEmpty()) {
            throw CommandException.failed("No model is released as " + role + " on " + options.topic() + "; "
                    + Program.name() + " models lists the releases");
        }
        ModelRelease retired = options.promotion().retirement(newestFirst.get(0));
        long offset = ReleaseSender.send(options.kafka().client(), options.topic(), List.of(retired));
        report(retired, offset, newestFirst.subList(1, newestFirst.size()));
        return 0;
    }

    private void report(ModelRelease retired, long offset, List<Release> left) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, ReleaseRow> now = left.isEmpty()
                    ? Map.of()
                    : Map.of(
                            "now",
                            new ReleaseRow(left.get(0).value(), left.get(0).offset()));
            Output.print(out, OutputFormat.JSON, new ReleaseRow(retired, offset, now));
        } else {
            out.println("Retired " + retired.getModelName() + " " + retired.getModelVersion() + ", SHA-256 "
                    + retired.getSha256() + ".");
            String nothing = role == PromoteCommand.Role.live
                    ? "the model that each stream was started with is used."
                    : "nothing scores as a shadow.";
            out.println("Now " + role + ": "
                    + left.stream()
                            .findFirst()
                            .map(next -> next.describe() + ".")
                            .orElse("none; " + nothing));
        }
        out.flush();
    }
}
