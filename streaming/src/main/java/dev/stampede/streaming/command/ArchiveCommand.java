package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.streaming.archive.Archive;
import dev.stampede.streaming.archive.ArchiveFile;
import dev.stampede.streaming.archive.ArchiveRanges;
import dev.stampede.streaming.history.TopicHistory;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code archive}: writes the labelled stamps of a range of time as a folder to train on. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description =
                "Writes the stamps of labelled alerts as a folder that train and retrain read. Alerts are read and"
                        + " fitted as the stream of these settings does; the exact offsets stand in " + ArchiveFile.NAME
                        + ".")
final class ArchiveCommand implements Callable<Integer> {
    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--labels-to",
            paramLabel = "TIME",
            description = "Labels of --from up to this moment: they come later than their alerts. All that is committed"
                    + " now if not given.")
    private @Nullable String labelsTo;

    @Option(
            names = "--offsets",
            paramLabel = "FILE",
            description = "Read exactly what another archive was made of, as its " + ArchiveFile.NAME
                    + " tells, in the place of times.")
    private @Nullable Path offsets;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write; it must be new.")
    private Path out;

    @Option(names = "--json", description = "Print what " + ArchiveFile.NAME + " says.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (offsets != null && (times.isGiven() || labelsTo != null)) {
            throw CommandFailure.usage("--offsets says what is read: leave out --from, --to and --labels-to.");
        }
        StreamSettings settings = stream.settings();
        Archive archive =
                new Archive(settings.modelPath().map(ModelFile::read).orElseGet(ModelFile::shipped), settings.input());
        Map<String, Object> client = settings.clientConfig();
        TopicCheck.demand(client, rights(settings));
        try (TopicHistory history = TopicHistory.open(client)) {
            ArchiveRanges ranges = ranges(settings, history);
            try (Progress progress = Progress.of("Archiving", ranges.alerts().offsets())) {
                say(archive.write(out.toAbsolutePath(), ranges, history, progress::advance));
            }
        } catch (KafkaException e) {
            throw TopicReader.failed("read what is to be archived", e, rights(settings));
        }
        return 0;
    }

    private ArchiveRanges ranges(StreamSettings settings, TopicHistory history) {
        if (offsets != null) {
            return ArchiveFile.ranges(offsets);
        }
        Optional<Instant> lastLabel = TimeOptions.parse("--labels-to", labelsTo);
        return new ArchiveRanges(
                history.between(settings.topics().alerts(), times.from(), times.to()),
                history.between(settings.labelsTopic(), times.from(), lastLabel));
    }

    private void say(ObjectNode said) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(said);
        } else {
            JsonNode counts = said.path("counts");
            out.println("Archived " + counts.path("stamps_real") + " real and " + counts.path("stamps_bogus")
                    + " bogus stamps of " + counts.path("alerts_read") + " alerts in " + this.out + ".");
            counts.properties().stream()
                    .filter(count ->
                            !count.getValue().isEmpty() || count.getValue().asLong() > 0)
                    .forEach(count -> out.println("  " + count.getKey().replace('_', ' ') + " "
                            + count.getValue().toString().replace("\"", "")));
        }
        out.flush();
    }

    private static Rights rights(StreamSettings settings) {
        return Rights.of(Right.toRead(settings.topics().alerts()), Right.toRead(settings.labelsTopic()));
    }
}
