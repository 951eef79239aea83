package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.OutputReader;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.RegistryOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.settings.StreamKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

/** {@code tail}: prints classifications as they are committed. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Prints classifications as they are committed, one per line, until Ctrl-C; or writes those of a"
                + " range of time to a file.")
@Example("tail --verdict REAL --json")
public final class TailCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(15);

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Topic of classifications (default: that of --config, otherwise classifications).")
    private @Nullable String topic;

    @Option(
            names = "--verdict",
            paramLabel = "VERDICT",
            description = "Only this verdict: ${COMPLETION-CANDIDATES}; can be repeated.")
    private @Nullable Set<Verdict> verdicts;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Option(names = "--from-beginning", description = "Start at the first available record, not at the end.")
    private boolean fromBeginning;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N lines.")
    private @Nullable Long count;

    @Mixin
    private ExportOptions export;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw CommandException.usage("--count must be 1 or more, not " + count);
        }
        Optional<Path> out = export.out();
        if (out.isPresent() && (json || fromBeginning || count != null)) {
            throw CommandException.usage(
                    "--out writes the range of --from and --to; leave out --json, --from-beginning and --count.");
        }
        String source = kafka.topic(topic, StreamKeys.TOPIC_CLASSIFICATIONS);
        AccessRights rights = AccessRights.of(AccessRight.toRead(source));
        TopicCheck.require(kafka.client(), rights);
        if (out.isPresent()) {
            write(source, rights, out.get());
        } else {
            follow(source, rights);
        }
        return 0;
    }

    private void write(String source, AccessRights rights, Path out) {
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP);
                TopicReader reader = TopicReader.ofRanges(kafka.client())) {
            ClassificationExport files =
                    new ClassificationExport(reader, newReader(), this::isWanted, shutdown::isRequested);
            long written = files.write(source, export.range(), out);
            spec.commandLine()
                    .getOut()
                    .println("Wrote " + written + " classifications of " + source + " to " + out + ".");
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read " + source, e, rights);
        }
    }

    private ClassificationReader newReader() {
        return new ClassificationReader(registry.schemas(kafka.stream()));
    }

    private boolean isWanted(Classification classification) {
        return verdicts == null || verdicts.contains(classification.getVerdict());
    }

    private void follow(String source, AccessRights rights) {
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP);
                TopicReader reader = TopicReader.open(kafka.client(), List.of(source))) {
            if (!fromBeginning) {
                reader.seekToEnd();
            }
            print(reader, shutdown, count == null ? Long.MAX_VALUE : count);
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read " + source, e, rights);
        }
    }

    private void print(TopicReader reader, GracefulShutdown shutdown, long limit) {
        PrintWriter out = spec.commandLine().getOut();
        Output<ClassificationRow> output = Output.of(ClassificationRow.class, out, OutputFormat.json(json))
                .text(ClassificationRow::toText)
                .begin();
        ClassificationReader classifications = newReader();
        long printed = 0;
        while (!shutdown.isRequested()) {
            OutputReader.require();
            for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                Classification classification = classifications.decode(record);
                if (isWanted(classification)) {
                    output.print(new ClassificationRow(classification));
                    printed++;
                    if (printed == limit) {
                        out.flush();
                        return;
                    }
                }
            }
        }
    }
}
