package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.SafeText;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.deadletter.DeadLetterReplay;
import dev.stampede.streaming.deadletter.ReplayReport;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.wire.ErrorClass;
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

/** {@code replay-dead-letters}: sends dead letters back after their cause was fixed. */
@Command(
        name = "replay-dead-letters",
        mixinStandardHelpOptions = true,
        description =
                "Sends dead letters back with their original value, key and headers. Each is sent once per consumer"
                        + " group.")
@Example("replay-dead-letters --error UNKNOWN_SCHEMA --dry-run")
public final class ReplayDeadLettersCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--from",
            paramLabel = "TOPIC",
            description = "Dead-letter topic (default: that of --config, otherwise dead-letters).")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TOPIC",
            description = "Target topic (default: that of --config, otherwise alerts).")
    private @Nullable String to;

    @Option(
            names = "--error",
            paramLabel = "CLASS",
            description = "Only this error class: ${COMPLETION-CANDIDATES}; can be repeated.")
    private @Nullable Set<ErrorClass> errors;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "stampede-replay",
            description = "Consumer group that stores the positions.")
    private String group;

    @Option(
            names = "--dry-run",
            description = "Send nothing: count what would be sent by error class, with an example each.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String source = kafka.topic(from, StreamKeys.TOPIC_DEAD_LETTERS);
        String target = kafka.alertsTopic("--to", to);
        if (source.equals(target)) {
            throw CommandException.usage("--from and --to are both " + source + ": a replay would never end");
        }
        Set<ErrorClass> wanted = errors == null ? EnumSet.allOf(ErrorClass.class) : EnumSet.copyOf(errors);
        AccessRights rights = rights(source, target);
        TopicCheck.require(kafka.client(), rights);
        ReplayReport report;
        try (DeadLetterReplay replay = DeadLetterReplay.open(kafka.client(), group, source)) {
            report = dryRun ? replay.list(wanted) : replay.send(wanted, target);
        } catch (KafkaException e) {
            throw CommandException.failed("The replay from " + source + " to " + target + " failed: "
                    + rights.missingFrom(e).orElseGet(() -> FailureReason.of(e))
                    + "; records that were committed are not sent again");
        }
        PrintWriter out = spec.commandLine().getOut();
        report.lines(dryRun ? "would be sent" : "sent", source, target)
                .forEach(line -> out.println(SafeText.line(line)));
        out.flush();
        return 0;
    }

    private AccessRights rights(String source, String target) {
        return dryRun
                ? AccessRights.of(AccessRight.toRead(source), AccessRight.toJoin(group))
                : AccessRights.of(
                        AccessRight.toRead(source),
                        AccessRight.toWrite(target),
                        AccessRight.toJoin(group),
                        AccessRight.toTransact(group));
    }
}
