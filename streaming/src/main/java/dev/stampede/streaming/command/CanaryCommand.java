package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.canary.Backgrounds;
import dev.stampede.streaming.canary.Canary;
import dev.stampede.streaming.canary.RecallMeter;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.ObservationServer;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.release.ReleaseFollower;
import dev.stampede.streaming.release.ReleaseSettings;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code canary}: measures which sources the stream finds, on its own backgrounds. */
@Command(
        name = "canary",
        mixinStandardHelpOptions = true,
        description = "Injects point sources of known S/N into BOGUS stamps of the stream, on a topic of their own, and"
                + " measures which of them the scorer finds.")
final class CanaryCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int MAX_VALUE_BYTES = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", defaultValue = "alerts", description = "Where alerts come from (${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--canary-topic",
            defaultValue = "canaries",
            description = "Where injected alerts go; it must exist, and no stream should read it (${DEFAULT-VALUE}).")
    private String canaryTopic;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model of the stream; without it the shipped one.")
    private @Nullable Path model;

    @Option(
            names = "--models-topic",
            paramLabel = "TOPIC",
            description = "Follow the releases there, as the stream does; --model judges where none is live.")
    private @Nullable String modelsTopic;

    @Option(
            names = "--rate",
            defaultValue = "1",
            paramLabel = "PER_SECOND",
            description = "Backgrounds a second at most, each with a source of every S/N (${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after N backgrounds, and fail where none comes for a minute; without it: until Ctrl-C.")
    private @Nullable Long count;

    @Option(names = "--from-beginning", description = "Take what is on the topic, not only what comes.")
    private boolean fromBeginning;

    @Option(
            names = "--http-port",
            defaultValue = "8081",
            description = "Port of /metrics; 0 for a free one (${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(names = "--json", description = "Report as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (!(rate > 0 && rate <= 1000)) {
            throw CommandFailure.usage("--rate must be above 0 and at most 1000, not " + rate);
        }
        if (count != null && count < 1) {
            throw CommandFailure.usage("--count must be 1 or more, not " + count);
        }
        RecallMeter meter = new RecallMeter();
        try (Farewell farewell = Farewell.within(STOP);
                ScoringModel proven = ProvenModel.open(model == null ? ModelFile.shipped() : ModelFile.read(model));
                TopicReader reader = TopicReader.of(kafka, topic, Map.of());
                ObservationServer server = serve(meter)) {
            TopicCheck.demand(kafka.client(), rights());
            System.err.println("Injecting into backgrounds of " + topic + "; metrics http://127.0.0.1:" + server.port()
                    + "/metrics");
            if (!fromBeginning) {
                reader.skipToEnd();
            }
            inject(farewell, proven, reader, meter);
        } catch (KafkaException failure) {
            throw TopicReader.failed("inject into " + topic, failure, rights());
        }
        report(meter.recall());
        return 0;
    }

    private Rights rights() {
        return Rights.of(Right.toRead(topic), Right.toWrite(canaryTopic));
    }

    private ObservationServer serve(RecallMeter meter) {
        List<Condition> alive = List.of(new Condition("canary", true, "injects"));
        return ObservationServer.start(httpPort, meter.registry(), () -> alive, () -> alive, List.of());
    }

    private void inject(Farewell farewell, ScoringModel proven, TopicReader reader, RecallMeter meter) {
        // Its own metrics are thrown away: they would count injected alerts as the stream's.
        Scoring scoring =
                new Scoring(proven, PacketInput.standard(MAX_VALUE_BYTES), new StreamMetrics(), Clock.systemUTC());
        OptionalLong wanted = count == null ? OptionalLong.empty() : OptionalLong.of(count);
        Backgrounds backgrounds = new Backgrounds(topic, wanted, rate, System::nanoTime, System.err::println);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (ReleaseFollower releases = follow(scoring);
                PollScorer scorer = scoring.newScorer();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(kafka.client(), bytes, bytes)) {
            Canary canary = new Canary(scorer, proven.identity().channels(), meter, (id, value) -> {
                var unused = producer.send(new ProducerRecord<>(canaryTopic, id.getBytes(UTF_8), value));
            });
            if (releases != null) {
                releases.begin();
            }
            while (!farewell.isAsked() && !backgrounds.isEnough()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll()) {
                    if (record.value() != null && backgrounds.isDue() && !backgrounds.isEnough()) {
                        backgrounds.lookedAt(canary.offer(record.value()));
                    }
                }
                backgrounds.demandPatience();
            }
        }
    }

    private @Nullable ReleaseFollower follow(Scoring scoring) {
        return modelsTopic == null
                ? null
                : ReleaseFollower.open(
                        ReleaseSettings.standard(kafka.client(), modelsTopic),
                        scoring,
                        (file, role) -> ProvenModel.open(file));
    }

    private void report(Map<Integer, Double> recall) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = new ObjectMapper().createObjectNode();
            ObjectNode bins = node.putObject("recallBySignalToNoise");
            recall.forEach((bin, share) -> bins.put(String.valueOf(bin), share.isNaN() ? null : share));
            out.println(node);
        } else {
            out.println("S/N   found");
            recall.forEach((bin, share) -> out.printf(Locale.ROOT, "%3d  %5.1f %%%n", bin, 100 * share));
        }
        out.flush();
    }
}
