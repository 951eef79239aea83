package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.StreamOptions;
import dev.stampede.streaming.command.option.TimeOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.ShadowComparison;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compare-shadow}: how often a shadow model agrees with the live model. */
@Command(
        name = "compare-shadow",
        mixinStandardHelpOptions = true,
        description = "Compares the verdicts of a shadow model with those of the live model on the same alerts.")
@Example("compare-shadow --config stampede.properties --from 2026-11-24")
public final class CompareShadowCommand implements Callable<Integer> {
    @Mixin
    private StreamOptions stream;

    @Mixin
    private TimeOptions times;

    @Option(
            names = "--sha256",
            paramLabel = "SHA256",
            description = "SHA-256 of the file of the shadow model (default: the newest shadow release).")
    private @Nullable String sha256;

    @Option(
            names = "--max-alerts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Compare the first N alerts; a million take about 200 MB of memory.")
    private int maxAlerts;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (maxAlerts < 1) {
            throw CommandException.usage("--max-alerts is " + maxAlerts + ", not 1 or more.");
        }
        StreamSettings settings = stream.settings();
        Map<String, Object> client = settings.clientConfig();
        AccessRights rights = AccessRights.of(
                AccessRight.toRead(settings.topics().classifications()),
                AccessRight.toRead(settings.topics().shadowClassifications()));
        TopicCheck.require(client, rights);
        String shadow = sha256 == null ? newestShadow(client, settings.topics().models()) : sha256;
        try (TopicReader reader = TopicReader.ofRanges(client)) {
            print(ShadowComparison.read(settings, shadow, maxAlerts, times.range(), reader));
        } catch (KafkaException e) {
            throw KafkaOptions.failed("read classifications", e, rights);
        }
        return 0;
    }

    private static String newestShadow(Map<String, Object> client, String topic) {
        if (topic.isEmpty()) {
            throw CommandException.usage(
                    "topic.models is empty, so there are no releases: name a model with --sha256.");
        }
        TopicCheck.require(client, AccessRights.of(AccessRight.toRead(topic)));
        return ReleaseTopic.read(client, topic)
                .newest(ReleaseRole.SHADOW)
                .map(Release::sha256)
                .orElseThrow(() -> CommandException.failed("No model is released as shadow on " + topic
                        + ": promote one with --as shadow, or name one with --sha256."));
    }

    private void print(ShadowComparison.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Output.print(out, OutputFormat.JSON, result);
        } else {
            out.printf(
                    Locale.ROOT,
                    "%d alerts compared: %d with the same verdict; REAL %d by the live model, %d by the shadow;"
                            + " mean difference of the probability %.4f%n",
                    result.alerts(),
                    result.agreeing(),
                    result.realByLive(),
                    result.realByShadow(),
                    result.meanProbabilityDifference());
            out.flush();
        }
    }
}
