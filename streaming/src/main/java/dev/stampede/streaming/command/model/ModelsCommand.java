package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.release.ModelFetch;
import dev.stampede.streaming.release.RefusedReleaseException;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import dev.stampede.streaming.settings.StreamKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code models}: lists the released models. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the released models, the newest first; * marks those that are in use.")
@Example("models --json")
public final class ModelsCommand implements Callable<Integer> {
    private static final Duration FETCH_TIMEOUT = Duration.ofMinutes(5);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Models topic (default: that of --config, otherwise models).")
    private @Nullable String topic;

    @Option(
            names = "--write-live",
            paramLabel = "FILE.onnx",
            description = "Also write the file of the live model; without a release, the model of --config.")
    private @Nullable Path liveFile;

    @Mixin
    private OutputFiles output;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (liveFile != null) {
            output.requireFile(liveFile);
        }
        String name = kafka.topic(topic, StreamKeys.TOPIC_MODELS);
        TopicCheck.require(kafka.client(), AccessRights.of(AccessRight.toRead(name)));
        Releases releases = ReleaseTopic.read(kafka.client(), name);
        PrintWriter out = spec.commandLine().getOut();
        Output.of(ReleaseRow.class, out, OutputFormat.json(json))
                .text(row -> (isInUse(row) ? "* " : "  ") + row.toText())
                .printAll(releases.all().stream()
                        .map(release -> row(release, releases))
                        .toList());
        if (releases.all().isEmpty() && !json) {
            out.println("No model is released: each stream uses the model it was started with.");
        }
        out.flush();
        if (liveFile != null) {
            write(live(releases), liveFile);
        }
        return 0;
    }

    private ModelFile live(Releases releases) {
        try {
            Optional<ModelFile> released = new ModelFetch(ModelFile.MAX_BYTES, FETCH_TIMEOUT).live(releases);
            return released.orElseGet(() -> kafka.model(null));
        } catch (RefusedReleaseException e) {
            throw CommandException.failed("Cannot fetch the live model: " + e.getMessage() + ".");
        }
    }

    private static void write(ModelFile model, Path file) {
        try {
            AtomicFile.write(file, out -> out.write(model.bytes()));
        } catch (IOException e) {
            throw CommandException.failed("Cannot write " + file + ": " + FailureReason.of(e) + ".");
        }
    }

    private static ReleaseRow row(Release release, Releases releases) {
        boolean inUse = release.role() != ReleaseRole.RETIRED
                && releases.newest(release.role()).equals(Optional.of(release));
        return new ReleaseRow(release.value(), release.offset(), Map.of("scores", inUse));
    }

    private static boolean isInUse(ReleaseRow row) {
        return Boolean.TRUE.equals(row.more().get("scores"));
    }
}
