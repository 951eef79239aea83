package dev.stampede.streaming.command;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseSender;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rollback}: takes its role from the model that was released last. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Retires the live model: the one that was live before it judges again, and before the first release"
                        + " the model that each stream was started with.")
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private ReleaseOptions options = new ReleaseOptions();

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            defaultValue = "live",
            description = "Which to retire: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PromoteCommand.Role role;

    @Option(names = "--json", description = "What was retired and what has the role now as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Release> newestFirst =
                options.releases().of(ReleaseRole.valueOf(role.name().toUpperCase(Locale.ROOT)));
        if (newestFirst.isEmpty()) {
            throw CommandFailure.failed(
                    "No model is released as " + role + " on " + options.topic() + "; ./stampede models lists what is");
        }
        ModelRelease retired = options.promotion().retirement(newestFirst.get(0));
        long offset = ReleaseSender.send(options.kafka().client(), options.topic(), List.of(retired));
        tell(retired, offset, newestFirst.subList(1, newestFirst.size()));
        return 0;
    }

    private void tell(ModelRelease retired, long offset, List<Release> left) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            var line = ReleaseLines.json(retired, offset);
            left.stream().findFirst().ifPresent(next -> line.set("now", ReleaseLines.json(next.said(), next.offset())));
            out.println(line);
        } else {
            out.println("Retired " + retired.getModelName() + " " + retired.getModelVersion() + ", SHA-256 "
                    + retired.getSha256() + ".");
            String nothing = role == PromoteCommand.Role.live
                    ? "the model that each stream was started with judges."
                    : "nothing scores as a shadow.";
            out.println("Now " + role + ": "
                    + left.stream().findFirst().map(next -> next.words() + ".").orElse("none; " + nothing));
        }
        out.flush();
    }
}
