package dev.stampede.streaming.command.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.StreamOptions;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.label.ExportManifest;
import dev.stampede.streaming.label.ExportRanges;
import dev.stampede.streaming.label.LabelExport;
import dev.stampede.streaming.settings.EngineKeys;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export-labels}: writes the labelled stamps of a range of time as a folder for training. */
@Command(
        name = "export-labels",
        mixinStandardHelpOptions = true,
        description = "Writes the stamps of labelled alerts as a folder for train and retrain. Alerts are decoded and"
                + " fitted as in a stream with these settings; the exact offsets are in "
                + ExportManifest.NAME
                + ".")
@Example("export-labels --config stampede.properties --from 2026-11-24 --out night")
public final class ExportLabelsCommand implements Callable<Integer> {
    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--labels-to",
            paramLabel = "TIME",
            description = "End of the range of labels, which are later than their alerts (default: the current end).")
    private @Nullable String labelsTo;

    @Option(
            names = "--labels-after",
            paramLabel = "FILE",
            description = "Read only the labels that were added after another export, from its "
                    + ExportManifest.NAME
                    + "; --from and --to then apply to alerts only.")
    private @Nullable Path labelsAfter;

    @Option(
            names = "--offsets",
            paramLabel = "FILE",
            description = "Read exactly the offsets in the " + ExportManifest.NAME
                    + " of another export, instead of a range of time.")
    private @Nullable Path offsets;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to create.")
    private Path out;

    @Mixin
    private OutputFiles output;

    @Option(names = "--json", description = "Print " + ExportManifest.NAME + ".")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (offsets != null && (times.isGiven() || labelsTo != null || labelsAfter != null)) {
            throw CommandException.usage(
                    "--offsets cannot be combined with --from, --to, --labels-to and --labels-after.");
        }
        output.requireNew(out);
        StreamSettings settings = stream.settings();
        LabelExport export = new LabelExport(
                settings.get(EngineKeys.MODEL_PATH).map(ModelFile::read).orElseGet(ModelFile::shipped),
                settings.input());
        Map<String, Object> client = settings.clientConfig();
        AccessRights rights = AccessRights.of(AccessRight.toRead(settings.get(StreamKeys.TOPIC_LABELS)))
                .andToRead(settings.alertTopics().names());
        TopicCheck.require(client, rights);
        try (TopicReader reader = TopicReader.ofRanges(client)) {
            ExportRanges ranges = ranges(settings, reader);
            try (ProgressBar progress = ProgressBar.of("Exporting", ranges.alertOffsets())) {
                print(export.write(out.toAbsolutePath(), ranges, reader, progress::advance));
            }
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read alerts and labels", e, rights);
        } catch (IOException e) {
            throw CommandException.failed("Cannot write the export " + out + ": " + FailureReason.of(e) + ".");
        }
        return 0;
    }

    private ExportRanges ranges(StreamSettings settings, TopicReader reader) {
        if (offsets != null) {
            return manifest(offsets);
        }
        TimeRange alerts = times.range();
        Instant end = TimeOptions.parse("--labels-to", labelsTo, Instant.MAX);
        TimeRange labels = new TimeRange(labelsAfter == null ? alerts.from() : Instant.MIN, end);
        TopicRange range = reader.range(settings.get(StreamKeys.TOPIC_LABELS), labels);
        return new ExportRanges(
                reader.ranges(settings.alertTopics(), alerts),
                labelsAfter == null ? range : range.after(manifest(labelsAfter).labels()));
    }

    private static ExportRanges manifest(Path file) {
        try {
            return ExportManifest.readRanges(file);
        } catch (IOException e) {
            throw CommandException.usage("Cannot read offsets from " + file + ": " + FailureReason.of(e) + "; name the "
                    + ExportManifest.NAME + " of an export.");
        }
    }

    private void print(ObjectNode manifest) {
        PrintWriter writer = spec.commandLine().getOut();
        if (json) {
            writer.println(manifest);
        } else {
            JsonNode counts = manifest.path("counts");
            writer.println("Exported " + counts.path("stamps_real") + " real and " + counts.path("stamps_bogus")
                    + " bogus stamps of " + counts.path("alerts_read") + " alerts to " + out + ".");
            counts.properties().stream()
                    .filter(count ->
                            !count.getValue().isEmpty() || count.getValue().asLong() > 0)
                    .forEach(count -> writer.println("  " + count.getKey().replace('_', ' ') + " "
                            + count.getValue().toString().replace("\"", "")));
        }
        writer.flush();
    }
}
