package dev.stampede.streaming.command;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tail}: shows classifications as they are committed. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Shows classifications as they are committed, a line each, until Ctrl-C.")
final class TailCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(15);

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "classifications",
            description = "Where they are (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description = "Only these: ${COMPLETION-CANDIDATES}; may be given again.")
    private @Nullable Set<Verdict> verdicts;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--from-beginning", description = "From the first that is kept, not only those to come.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "End after N lines.")
    private @Nullable Long count;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw CommandFailure.usage("--count must be 1 or more, not " + count);
        }
        OptionalLong limit = count == null ? OptionalLong.empty() : OptionalLong.of(count);
        try (Farewell farewell = Farewell.within(STOP);
                TopicReader reader = TopicReader.of(kafka, topic, Map.of())) {
            if (!fromBeginning) {
                reader.skipToEnd();
            }
            show(reader, farewell, limit);
        } catch (KafkaException e) {
            throw TopicReader.failed("read " + topic, e, Rights.of(Right.toRead(topic)));
        }
        return 0;
    }

    private void show(TopicReader reader, Farewell farewell, OptionalLong limit) {
        PrintWriter out = spec.commandLine().getOut();
        ClassificationLines lines = json ? ClassificationLines.JSON : ClassificationLines.TEXT;
        long shown = 0;
        // A full pipe that nobody reads any more, as after "| head", ends it too.
        while (!farewell.isAsked() && !out.checkError()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                Classification classification = read(record);
                if (verdicts == null || verdicts.contains(classification.getVerdict())) {
                    out.println(lines.line(classification));
                    shown++;
                    if (limit.isPresent() && shown == limit.getAsLong()) {
                        out.flush();
                        return;
                    }
                }
            }
        }
    }

    private Classification read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                return SingleObject.readClassification(record.value());
            }
        } catch (IOException | RuntimeException e) { // Avro meets foreign bytes with exceptions of many kinds
            throw CommandFailure.failed(notOne(record) + ": " + e.getMessage());
        }
        throw CommandFailure.failed(notOne(record));
    }

    private String notOne(ConsumerRecord<byte[], byte[]> record) {
        return "What is at offset " + record.offset() + " of " + topic + "-" + record.partition()
                + " is no classification";
    }
}
