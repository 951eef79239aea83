package dev.stampede.streaming.command.label;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.RegistryOptions;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.label.KnownObjectLabels;
import dev.stampede.streaming.label.LabelIndex;
import dev.stampede.streaming.label.LabelTable;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.wire.SingleObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code label}: labels candidates. */
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        description = "Sends the label of a candidate, a table of labels, or those of known Solar System objects to the"
                + " labels topic. The last label of an alert is used.")
@Example("label --id 1234 --verdict REAL")
public final class LabelCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private RegistryOptions registry;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
        @ArgGroup(exclusive = false)
        private @Nullable One one;

        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description =
                        "CSV table with the columns alert_id and verdict, and optionally source, labeller, object_id,"
                                + " labelled_time and comment. Nothing is sent unless every row is valid.")
        private @Nullable Path table;

        @Option(
                names = "--known-objects",
                description =
                        "Label the detections of known Solar System objects REAL, of source KNOWN_OBJECT: those of the"
                                + " classifications of a time range that have no label yet.")
        private boolean knownObjects;
    }

    private static final class One {
        @Option(names = "--id", required = true, paramLabel = "ID", description = "Alert id.")
        private String alertId;

        @Option(
                names = "--verdict",
                required = true,
                paramLabel = "VERDICT",
                description = "True class: ${COMPLETION-CANDIDATES}.")
        private Truth verdict;

        @Option(names = "--object", paramLabel = "ID", description = "Id of the object it belongs to.")
        private @Nullable String objectId;

        @Option(names = "--comment", paramLabel = "TEXT", description = "Free text.")
        private @Nullable String comment;
    }

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "EXPERT",
            description = "Source of the label: ${COMPLETION-CANDIDATES}.")
    private LabelSource source;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Name of the person or program (default: the current user).")
    private String labeller;

    @Option(
            names = "--classifications-topic",
            paramLabel = "TOPIC",
            description = "Classifications topic, for --known-objects (default: that of --config, otherwise"
                    + " classifications).")
    private @Nullable String classificationsTopic;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Labels topic (default: that of --config, otherwise labels).")
    private @Nullable String topic;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (labeller.isBlank()) {
            throw CommandException.usage("--by is blank: name the person or program that labels.");
        }
        if (what.knownObjects) {
            labelKnownObjects();
            return 0;
        }
        if (times.isGiven()) {
            throw CommandException.usage("--from and --to need --known-objects.");
        }
        List<Label> labels = labels();
        TopicCheck.require(kafka.client(), AccessRights.of(AccessRight.toWrite(labelsTopic())));
        send(labels, "");
        return 0;
    }

    private void labelKnownObjects() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--source")) {
            throw CommandException.usage("--source cannot be combined with --known-objects, whose source is "
                    + LabelSource.KNOWN_OBJECT + ".");
        }
        TimeRange range = times.range();
        String classifications = kafka.topic(classificationsTopic, StreamKeys.TOPIC_CLASSIFICATIONS);
        String labels = labelsTopic();
        AccessRights rights = AccessRights.of(
                AccessRight.toRead(classifications), AccessRight.toRead(labels), AccessRight.toWrite(labels));
        TopicCheck.require(kafka.client(), rights);
        try (TopicReader reader = TopicReader.ofRanges(kafka.client())) {
            LabelIndex existing = new LabelIndex();
            reader.read(reader.range(labels, TimeRange.ALL), record -> existing.add(record.value()));
            KnownObjectLabels found = KnownObjectLabels.of(
                    reader.range(classifications, range),
                    reader,
                    registry.schemas(kafka.stream()),
                    existing,
                    labeller,
                    now());
            send(found.labels(), " " + found.labelledBefore() + " detections of known objects were labelled already.");
        } catch (KafkaException e) {
            throw KafkaOptions.failed("label known objects", e, rights);
        }
    }

    private String labelsTopic() {
        return kafka.topic(topic, StreamKeys.TOPIC_LABELS);
    }

    private void send(List<Label> labels, String note) {
        String topicName = labelsTopic();
        try (TopicSender sender = TopicSender.open(kafka.client(), topicName)) {
            labels.forEach(label -> sender.send(label.getAlertId(), SingleObject.write(label)));
            sender.flush();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Sent " + labels.size() + (labels.size() == 1 ? " label" : " labels") + " to " + topicName + "."
                + note);
        out.flush();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private List<Label> labels() {
        Instant now = now();
        if (what.table != null) {
            try {
                return LabelTable.read(what.table, new LabelTable.Defaults(source, labeller, now));
            } catch (InvalidInputException e) {
                throw CommandException.usage(e.getMessage() + ". Nothing was sent.");
            }
        }
        One one = what.one;
        if (one == null || one.alertId.isBlank()) {
            throw CommandException.usage("--id is blank: name the alert.");
        }
        return List.of(new Label(one.alertId, one.objectId, one.verdict, source, labeller, now, one.comment));
    }
}
