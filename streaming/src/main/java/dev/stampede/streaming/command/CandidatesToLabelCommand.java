package dev.stampede.streaming.command;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.archive.LabelBook;
import dev.stampede.streaming.history.TopicHistory;
import dev.stampede.streaming.history.TopicRange;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.review.Candidate;
import dev.stampede.streaming.review.Reviewer;
import dev.stampede.streaming.review.Shortlist;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code candidates-to-label}: what an expert should look at first. */
@Command(
        name = "candidates-to-label",
        mixinStandardHelpOptions = true,
        description =
                "Ranks the classifications of a range of time by how much a label would teach: near the threshold,"
                        + " a shadow model disagrees, views differ, judged on background, unlike the training stamps. Those"
                        + " with a label are left out.")
final class CandidatesToLabelCommand implements Callable<Integer> {
    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--shadow-topic",
            paramLabel = "TOPIC",
            defaultValue = "shadow-classifications",
            description = "What another model says of the same alerts, where there is such a topic (default:"
                    + " ${DEFAULT-VALUE}).")
    private String shadowTopic;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw the stamps, found by id among the alerts.")
    private @Nullable Path png;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1 || count > 10_000) {
            throw CommandFailure.usage("--count is " + count + ", not 1 to 10000.");
        }
        StreamSettings settings = stream.settings();
        ModelFile model = settings.modelPath().map(ModelFile::read).orElseGet(ModelFile::shipped);
        TopicCheck.demand(
                settings.clientConfig(),
                Rights.of(Right.toRead(settings.topics().classifications())));
        try (StampClassifier classifier = StampClassifier.open(model);
                TopicHistory history = TopicHistory.open(settings.clientConfig())) {
            List<Candidate> candidates = rank(settings, new Reviewer(classifier.reference()), history);
            print(candidates);
            if (png != null && !candidates.isEmpty()) {
                new CandidateSheet(settings, classifier.contract(), history).write(candidates, png);
            }
        } catch (KafkaException e) {
            throw TopicReader.failed(
                    "read classifications",
                    e,
                    Rights.of(Right.toRead(settings.topics().classifications())));
        }
        return 0;
    }

    private List<Candidate> rank(StreamSettings settings, Reviewer reviewer, TopicHistory history) {
        LabelBook labels = new LabelBook();
        if (history.has(settings.labelsTopic())) {
            TopicRange all = history.between(settings.labelsTopic(), Optional.empty(), Optional.empty());
            history.read(all, record -> labels.add(record.value()));
        }
        read(history, shadowTopic, reviewer::addShadow);
        read(history, settings.topics().explanations(), reviewer::addExplanation);
        Shortlist shortlist = new Shortlist(count);
        read(history, settings.topics().classifications(), said -> {
            if (labels.of(said.getAlertId()).isEmpty()) {
                reviewer.review(said).ifPresent(shortlist::offer);
            }
        });
        return shortlist.candidates();
    }

    private void read(TopicHistory history, String topic, Consumer<Classification> taker) {
        if (history.has(topic)) {
            history.read(
                    history.between(topic, times.from(), times.to()), record -> taker.accept(classification(record)));
        }
    }

    private static Classification classification(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                return SingleObject.readClassification(record.value());
            }
        } catch (IOException | RuntimeException e) { // Avro meets foreign bytes with exceptions of many kinds
            throw CommandFailure.failed(notOne(record) + ": " + e.getMessage());
        }
        throw CommandFailure.failed(notOne(record));
    }

    private static String notOne(ConsumerRecord<byte[], byte[]> record) {
        return "What is at offset " + record.offset() + " of " + record.topic() + "-" + record.partition()
                + " is no classification";
    }

    private void print(List<Candidate> candidates) {
        PrintWriter out = spec.commandLine().getOut();
        CandidateLines lines = json ? CandidateLines.JSON : CandidateLines.TEXT;
        lines.head().ifPresent(out::println);
        for (int i = 0; i < candidates.size(); i++) {
            out.println(lines.line(i + 1, candidates.get(i)));
        }
        if (candidates.isEmpty()) {
            spec.commandLine().getErr().println("Nothing to look at: no classification of that time is of concern.");
        }
        out.flush();
    }
}
