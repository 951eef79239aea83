package dev.stampede.streaming.command.model;

import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "models", description = "Models topic.")
    private String topic;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TopicCheck.require(kafka.client(), AccessRights.of(AccessRight.toRead(topic)));
        Releases releases = ReleaseTopic.read(kafka.client(), topic);
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
        return 0;
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
