package dev.stampede.streaming.command;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code label}: says what candidates truly are. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description =
                "Sends what candidates truly are, one or a table of them, to the topic of labels. The last label of"
                        + " an alert counts.")
final class LabelCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @ArgGroup(exclusive = false)
        private @Nullable One one;

        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description = "A table with the columns alert_id and verdict, and perhaps source, labeller, object_id,"
                        + " labelled_time and comment. Nothing is sent unless every row is good.")
        private @Nullable Path table;
    }

    private static final class One {
        @Option(names = "--id", required = true, paramLabel = "ID", description = "The alert.")
        private String alertId;

        @Option(
                names = "--verdict",
                required = true,
                paramLabel = "VERDICT",
                description = "What it is: ${COMPLETION-CANDIDATES}.")
        private Truth verdict;

        @Option(names = "--object", paramLabel = "ID", description = "The object it turned out to be.")
        private @Nullable String objectId;

        @Option(names = "--comment", paramLabel = "TEXT", description = "Anything to remember.")
        private @Nullable String comment;
    }

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "EXPERT",
            description = "Where the label comes from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LabelSource source;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who or what gives it (default: ${DEFAULT-VALUE}).")
    private String labeller;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "labels",
            description = "Where labels go (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Label> labels = labels();
        TopicCheck.demand(kafka.client(), Rights.of(Right.toWrite(topic)));
        try (Sender sender = Sender.to(kafka.client(), topic)) {
            labels.forEach(label -> sender.send(label.getAlertId(), SingleObject.write(label)));
            sender.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Sent " + labels.size() + (labels.size() == 1 ? " label" : " labels") + " to " + topic + ".");
        out.flush();
        return 0;
    }

    private List<Label> labels() {
        if (labeller.isBlank()) {
            throw CommandFailure.usage("--by is blank: name who or what gives the labels.");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (what.table != null) {
            return LabelTable.read(what.table, new LabelTable.Usual(source, labeller, now));
        }
        One one = what.one;
        if (one == null || one.alertId.isBlank()) {
            throw CommandFailure.usage("--id is blank: name the alert.");
        }
        return List.of(new Label(one.alertId, one.objectId, one.verdict, source, labeller, now, one.comment));
    }
}
