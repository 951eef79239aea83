package dev.stampede.streaming.command;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.live.LivePage;
import dev.stampede.streaming.observe.Endpoint;
import dev.stampede.streaming.observe.ObservationServer;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.release.ModelOpening;
import dev.stampede.streaming.scoring.GuardedModel;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import dev.stampede.streaming.watch.PopulationWatch;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream as a process: starts in an order in which each step can still be refused, and runs until it is asked to stop. */
final class StreamRun {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final StreamSettings settings;
    private final Farewell farewell;
    private final PrintStream notes;

    /** @param notes where it tells what it does */
    StreamRun(StreamSettings settings, Farewell farewell, PrintStream notes) {
        this.settings = settings;
        this.farewell = farewell;
        this.notes = notes;
    }

    /**
     * Runs to the end.
     *
     * @throws CommandFailure if it cannot start, or fails on the way
     */
    void run() throws InterruptedException {
        PacketInput input = settings.input();
        Endpoint endpoint = settings.endpoint();
        if (endpoint.isOpenToAll()) {
            LOG.warn(
                    "Whoever reaches {} sees the live page and the metrics: set http.token.file, or http.host=127.0.0.1",
                    settings.httpHost());
        }
        ModelFile file = settings.modelPath().map(ModelFile::read).orElseGet(ModelFile::shipped);
        StreamMetrics metrics = new StreamMetrics();
        try (ScoringModel model = open(file, metrics)) {
            Map<String, Integer> partitions = TopicCheck.demand(settings);
            TopicCheck.warnings(settings).forEach(LOG::warn);
            Scoring scoring = new Scoring(model, input, metrics, Clock.systemUTC(), settings.explanations());
            PopulationWatch.begin(scoring);
            ModelOpening opening = (released, role) -> openAs(role, released, metrics);
            try (PageLabels labels = PageLabels.of(settings);
                    StampedeStream stream = StampedeStream.following(settings, scoring, opening);
                    LivePage page = LivePage.of(scoring, stream::readiness, labels.sink());
                    ObservationServer server = ObservationServer.start(
                            endpoint, metrics.registry(), stream::liveness, stream::readiness, page.routes())) {
                tell(scoring.model().identity(), partitions, server.port());
                stream.begin();
                watch(stream);
                say("Stopping: finishing what is under way, "
                        + settings.stopAtMost().toSeconds() + " s at most.");
            }
        }
        say("Stopped.");
    }

    /** A line for people, or an event of the log where that is for machines. */
    private void say(String line) {
        if (settings.logsJson()) {
            LOG.info(line.strip());
        } else {
            notes.println(line);
        }
    }

    private ScoringModel open(ModelFile file, StreamMetrics metrics) {
        EngineSettings engine = settings.engine();
        return GuardedModel.over(
                ProvenModel.open(file, engine).inViews(settings.views()),
                settings.onEngineFailure(),
                () -> ProvenModel.open(file, engine.on(EngineSettings.Provider.CPU))
                        .inViews(settings.views()),
                metrics);
    }

    /** A shadow that fails is dropped, so nothing guards it. */
    private ScoringModel openAs(ReleaseRole role, ModelFile file, StreamMetrics metrics) {
        return role == ReleaseRole.LIVE
                ? open(file, metrics)
                : ProvenModel.open(file, settings.engine()).inViews(settings.views());
    }

    private void tell(ModelIdentity model, Map<String, Integer> partitions, int httpPort) {
        String topics = partitions.entrySet().stream()
                .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
                .collect(Collectors.joining(", "));
        int alertPartitions = partitions.getOrDefault(settings.topics().alerts(), 0);
        say("Stampede, stream " + settings.applicationId());
        say("  model    " + model.name() + " " + model.version() + ", " + model.recipe() + ", threshold "
                + model.threshold() + ", SHA-256 " + model.sha256());
        say("  engine   proven on " + model.executionProvider() + ", asked for "
                + settings.engine().provider().name().toLowerCase(Locale.ROOT));
        say("  kafka    " + settings.bootstrapServers() + ", " + settings.guarantee() + ", group protocol "
                + settings.groupProtocol() + ", stream threads: " + settings.threads());
        say("  topics   " + topics + "; partitions in brackets");
        say("  batches  up to " + settings.maxBatch() + " alerts, waiting up to " + settings.maxWaitMillis() + " ms");
        settings.explanations().words().ifPresent(words -> say("  explains " + words));
        say("  http     http://" + settings.httpHost() + ":" + httpPort + "/ (live page), /metrics, /healthz, /readyz");
        settings.changed().forEach((key, value) -> say("  setting  " + key + "=" + value));
        if (settings.threads() > alertPartitions) {
            say("  note     " + settings.threads() + " threads for " + alertPartitions
                    + " partitions of alerts: the others are idle");
        }
    }

    private void watch(StampedeStream stream) throws InterruptedException {
        boolean ran = false;
        while (!farewell.isAsked()) {
            if (!ran && stream.state() == KafkaStreams.State.RUNNING) {
                ran = true;
                say("Running; SIGTERM or Ctrl-C stops it.");
            }
            if (stream.awaitEnd(LOOK_EVERY)) {
                throw CommandFailure.failed("The stream stopped, for "
                        + stream.failure().map(this::words).orElse("it ended by itself")
                        + "; what it had not committed is judged at the next start.");
            }
        }
    }

    private String words(Throwable failure) {
        return settings.rights().lackedBy(failure).orElseGet(() -> cause(failure));
    }

    /** The cause in words: our own exception where there is one in the chain, else the one it began with. */
    static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !cause.getClass().getName().startsWith("dev.stampede.")) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
