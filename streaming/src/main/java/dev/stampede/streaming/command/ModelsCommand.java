package dev.stampede.streaming.command;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code models}: lists what was released. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the released models, the newest first; * marks those that score.")
final class ModelsCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "models",
            description = "The topic of releases (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TopicCheck.demand(kafka.client(), Rights.of(Right.toRead(topic)));
        Releases releases = ReleaseTopic.read(kafka.client(), topic);
        PrintWriter out = spec.commandLine().getOut();
        for (Release release : releases.all()) {
            boolean scores = release.role() != ReleaseRole.RETIRED
                    && releases.newest(release.role()).equals(Optional.of(release));
            out.println(
                    json
                            ? ReleaseLines.json(release.said(), release.offset())
                                    .put("scores", scores)
                            : (scores ? "* " : "  ") + ReleaseLines.text(release.said()));
        }
        if (releases.all().isEmpty() && !json) {
            out.println("No model is released: each stream judges with the one that it was started with.");
        }
        out.flush();
        return 0;
    }
}
