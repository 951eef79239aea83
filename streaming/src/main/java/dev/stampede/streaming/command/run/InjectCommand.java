package dev.stampede.streaming.command.run;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.injection.BackgroundSampler;
import dev.stampede.streaming.injection.InjectionRecovery;
import dev.stampede.streaming.injection.RecallMeter;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.release.ReleaseFollower;
import dev.stampede.streaming.release.ReleaseSettings;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.settings.AlertTopics;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code inject}: injection and recovery of sources in the backgrounds of a stream. */
@Command(
        name = "inject",
        mixinStandardHelpOptions = true,
        description =
                "Injects point sources of known S/N into BOGUS stamps of the stream, writes them to a separate topic,"
                        + " and measures the recall of the model.")
@Example("inject --count 200 --from-beginning")
public final class InjectCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MAX_VALUE_BYTES = StreamKeys.ALERT_MAX_BYTES.defaultValue();

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Alerts topics as in topic.alerts: a name, a list, or a regular expression (default: those of"
                    + " --config, otherwise alerts).")
    private @Nullable String topic;

    @Option(
            names = "--injection-topic",
            paramLabel = "TOPIC",
            defaultValue = "injections",
            description =
                    "Topic of injected alerts, which no stream should read; created with one partition if it is missing.")
    private String injectionTopic;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model of the stream (default: that of --config, otherwise vgg6).")
    private @Nullable Path model;

    @Option(
            names = "--models-topic",
            paramLabel = "TOPIC",
            description = "Follow the releases of this topic, as the stream does; --model is used if none is live"
                    + " (default: that of --config, otherwise none).")
    private @Nullable String modelsTopic;

    @Option(
            names = "--rate",
            defaultValue = "1",
            paramLabel = "PER_SECOND",
            description = "Maximum number of backgrounds per second, each with a source of every S/N."
                    + " With --from-beginning it paces the reading of the topic, so that all alerts are considered;"
                    + " otherwise alerts that arrive faster are skipped.")
    private double rate;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "Stop after N backgrounds, and fail if none arrives for a minute (default: run until Ctrl-C).")
    private @Nullable Long count;

    @Option(names = "--from-beginning", description = "Start at the first available record, not at the end.")
    private boolean fromBeginning;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            defaultValue = "8081",
            description = "Port of /metrics; 0 for a free one.")
    private int httpPort;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (!(rate > 0 && rate <= 1000)) {
            throw CommandException.usage("--rate must be above 0, up to 1000, not " + rate);
        }
        if (count != null && count < 1) {
            throw CommandException.usage("--count must be 1 or more, not " + count);
        }
        AlertTopics alerts = kafka.alertTopics(topic);
        Optional<String> releases = releases();
        AccessRights rights = AccessRights.of(AccessRight.toWrite(injectionTopic))
                .andToRead(alerts.names())
                .andToRead(releases.stream().toList());
        TopicCheck.require(
                kafka.client(),
                rights,
                List.of(new NewTopic(injectionTopic, Optional.of(1), Optional.empty())),
                "create it, or name another");
        RecallMeter meter = new RecallMeter();
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP);
                ModelHandle verified = VerifiedModel.open(kafka.model(model));
                TopicReader reader = TopicReader.open(kafka.client(), alerts);
                AdminServer server = serve(meter)) {
            System.err.println("Injecting into backgrounds of " + alerts + ", "
                    + (fromBeginning ? "all alerts from the beginning" : "the newest alerts")
                    + ", at a rate of up to " + rate + " per second; metrics http://127.0.0.1:" + server.port()
                    + "/metrics");
            if (!fromBeginning) {
                reader.seekToEnd();
            }
            inject(shutdown, verified, releases, reader, meter, backgrounds(alerts));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // ends as on a signal
        } catch (KafkaException failure) {
            throw KafkaOptions.failed("inject into " + alerts, failure, rights);
        }
        report(meter.recall());
        return 0;
    }

    private BackgroundSampler backgrounds(AlertTopics alerts) {
        OptionalLong wanted = count == null ? OptionalLong.empty() : OptionalLong.of(count);
        return new BackgroundSampler(
                alerts.toString(), wanted, rate, fromBeginning, System::nanoTime, System.err::println);
    }

    private AdminServer serve(RecallMeter meter) {
        List<HealthCheck> alive = List.of(new HealthCheck("inject", true, "injects"));
        return AdminServer.start(httpPort, meter.registry(), () -> alive, () -> alive, List.of());
    }

    private void inject(
            GracefulShutdown shutdown,
            ModelHandle verified,
            Optional<String> modelsTopic,
            TopicReader reader,
            RecallMeter meter,
            BackgroundSampler backgrounds)
            throws InterruptedException {
        // Separate metrics that are not served: they would count injected alerts as those of the stream.
        AlertScorerFactory scoring = new AlertScorerFactory(verified, input(), new StreamMetrics(), Clock.systemUTC());
        try (ReleaseFollower releases =
                        modelsTopic.map(named -> follow(named, scoring)).orElse(null);
                PollScorer scorer = scoring.newScorer();
                TopicSender sender = TopicSender.open(kafka.client(), injectionTopic)) {
            InjectionRecovery injection =
                    new InjectionRecovery(scorer, verified.identity(), meter, sender::sendBestEffort);
            if (releases != null) {
                releases.begin();
            }
            while (!shutdown.isRequested() && !backgrounds.isEnough()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    boolean stops = backgrounds.isEnough() || shutdown.await(backgrounds.millisToWait());
                    if (!stops && record.value() != null && backgrounds.isDue()) {
                        backgrounds.sampled(injection.offer(AlertRecords.of(record)));
                    }
                }
                backgrounds.checkTimeout();
            }
            sender.flush();
        }
    }

    private PacketInput input() {
        return kafka.stream().map(StreamSettings::input).orElseGet(() -> PacketInput.standard(MAX_VALUE_BYTES));
    }

    /** The topic whose releases are followed: that of the option, otherwise that of the stream; empty if it follows none. */
    private Optional<String> releases() {
        return Optional.ofNullable(modelsTopic)
                .or(() -> kafka.stream().map(settings -> settings.get(StreamKeys.TOPIC_MODELS)))
                .filter(named -> !named.isEmpty());
    }

    private ReleaseFollower follow(String named, AlertScorerFactory scoring) {
        return ReleaseFollower.open(
                ReleaseSettings.standard(kafka.client(), named), scoring, (file, role) -> VerifiedModel.open(file));
    }

    private void report(Map<Integer, Double> recall) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Output.print(out, OutputFormat.JSON, Map.of("recallBySignalToNoise", recall));
        } else {
            out.println("S/N  recall");
            recall.forEach((bin, share) -> out.printf(Locale.ROOT, "%3d  %5.1f %%%n", bin, 100 * share));
        }
        out.flush();
    }
}
