package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.ErrorClass;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: sends dead letters back once what broke them is mended. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Sends dead letters back as they first came: their bytes, key and headers. Each is sent once in a"
                + " group, however often this runs.")
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--from",
            paramLabel = "TOPIC",
            defaultValue = "dead-letters",
            description = "Where the dead letters are (default: ${DEFAULT-VALUE}).")
    private String from;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            defaultValue = "alerts",
            description = "Where they go (default: ${DEFAULT-VALUE}).")
    private String to;

    @Option(
            names = "--error",
            paramLabel = "CLASS",
            description = "Only these: ${COMPLETION-CANDIDATES}; may be given again.")
    private @Nullable Set<ErrorClass> errors;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "stampede-replay",
            description = "The consumer group that remembers what was sent (default: ${DEFAULT-VALUE}).")
    private String group;

    @Option(names = "--dry-run", description = "Send nothing: list by class what would be sent, with an example each.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (from.equals(to)) {
            throw CommandFailure.usage("--from and --to are both " + from + ": it would never end");
        }
        Set<ErrorClass> wanted = errors == null ? EnumSet.allOf(ErrorClass.class) : EnumSet.copyOf(errors);
        TopicCheck.demand(kafka.client(), rights());
        ReplayReport report;
        try (Replay replay = Replay.open(kafka, group, from)) {
            report = dryRun ? replay.list(wanted) : replay.send(wanted, to);
        } catch (KafkaException e) {
            throw CommandFailure.failed("The replay from " + from + " to " + to + " failed: "
                    + rights().lackedBy(e).orElseGet(() -> String.valueOf(e.getMessage()))
                    + "; what was committed is not sent again");
        }
        PrintWriter out = spec.commandLine().getOut();
        report.lines(dryRun ? "would go" : "went", from, to).forEach(out::println);
        out.flush();
        return 0;
    }

    /** What only lists needs no right to write. */
    private Rights rights() {
        return dryRun
                ? Rights.of(Right.toRead(from), Right.toJoin(group))
                : Rights.of(Right.toRead(from), Right.toWrite(to), Right.toJoin(group), Right.toTransact(group));
    }
}
