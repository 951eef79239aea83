package dev.stampede.streaming.service;

import dev.stampede.commandline.BuildInfo;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.streaming.drift.PopulationMonitor;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.kafka.InputTopics;
import dev.stampede.streaming.live.LivePage;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.ApplicationMetrics;
import dev.stampede.streaming.monitor.HttpEndpoint;
import dev.stampede.streaming.monitor.Route;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.FailoverModel;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.EngineKeys;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stream as a process until it is requested to stop. The order of the start is that in which errors are cheap to
 * find: settings and files, the model, Kafka and its topics, the stream, the HTTP server.
 */
public final class StreamRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final StreamSettings settings;
    private final GracefulShutdown shutdown;
    private final PrintStream notes;
    private final StreamMetrics metrics = new StreamMetrics();

    /** Prints its progress to {@code notes}, or to the log if that is JSON. */
    public StreamRunner(StreamSettings settings, GracefulShutdown shutdown, PrintStream notes) {
        this.settings = settings;
        this.shutdown = shutdown;
        this.notes = notes;
    }

    /**
     * Runs to the end.
     *
     * @throws dev.stampede.stamps.error.StampedeException if the stream cannot start, or fails
     */
    public void run() throws InterruptedException {
        PacketInput input = settings.input();
        HttpEndpoint endpoint = HttpEndpoint.of(settings);
        warnIfOpen(endpoint);
        ModelFile file =
                settings.get(EngineKeys.MODEL_PATH).map(ModelFile::read).orElseGet(ModelFile::shipped);
        try (ModelHandle model = open(file)) {
            Map<String, Integer> partitions = StreamTopics.require(settings);
            StreamTopics.warnings(settings).forEach(LOG::warn);
            StartPositions positions = StartPositions.of(settings, partitions);
            positions.record(metrics);
            positions.describe().forEach(LOG::warn);
            run(model, input, endpoint, partitions);
        }
        print("Stopped.");
    }

    private void run(ModelHandle model, PacketInput input, HttpEndpoint endpoint, Map<String, Integer> partitions)
            throws InterruptedException {
        ActiveModels models = new ActiveModels(model, metrics);
        StampExplainerFactory explainers = StampExplainerFactory.of(models, ExplanationSettings.of(settings), metrics);
        AlertScorerFactory scoring =
                new AlertScorerFactory(models, input, metrics, Clock.systemUTC(), explainers.decorator());
        PopulationMonitor.begin(scoring);
        try (PageLabels labels = PageLabels.of(settings);
                StampedeStream stream = StampedeStream.following(settings, scoring, explainers, this::openReleased);
                LivePage page = LivePage.of(scoring, stream.status(), labels.sink());
                AdminServer server = AdminServer.start(
                        endpoint,
                        ApplicationMetrics.of(metrics.registry(), settings.get(StreamKeys.APPLICATION_ID)),
                        stream::liveness,
                        stream::readiness,
                        routes(page, stream))) {
            report(scoring.model().identity(), partitions, server.port());
            stream.begin();
            awaitEnd(stream);
            print("Stopping: completing alerts in progress, timeout "
                    + settings.get(StreamKeys.STOP_TIMEOUT).toSeconds() + " s.");
        }
    }

    private static List<Route> routes(LivePage page, StampedeStream stream) {
        List<Route> routes = new ArrayList<>(page.routes());
        routes.addAll(stream.routes());
        return routes;
    }

    private void warnIfOpen(HttpEndpoint endpoint) {
        if (endpoint.isOpenToAll()) {
            LOG.atWarn()
                    .addKeyValue("host", settings.get(StreamKeys.HTTP_HOST))
                    .log("The live page and metrics are accessible without authentication: set http.token-file, or"
                            + " http.host=127.0.0.1");
        }
    }

    private ModelHandle open(ModelFile file) {
        return FailoverModel.over(
                verify(file, settings.engine()),
                settings.get(EngineKeys.ON_FAILURE),
                () -> verify(file, settings.engine().on(EngineSettings.Provider.CPU)),
                metrics);
    }

    /** A shadow needs no failover: it is dropped when it fails. */
    private ModelHandle openReleased(ModelFile file, ReleaseRole role) {
        return role == ReleaseRole.LIVE ? open(file) : verify(file, settings.engine());
    }

    private ModelHandle verify(ModelFile file, EngineSettings engine) {
        return VerifiedModel.open(file, engine).inViews(settings.get(EngineKeys.SCORE_VIEWS));
    }

    private void report(ModelIdentity model, Map<String, Integer> partitions, int httpPort) {
        String topics = partitions.entrySet().stream()
                .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
                .collect(Collectors.joining(", "));
        // Kafka Streams has one task for the partitions of equal number of all input topics.
        int alertPartitions = settings.alertTopics().readOf(partitions.keySet()).stream()
                .mapToInt(topic -> partitions.getOrDefault(topic, 0))
                .max()
                .orElse(0);
        int threads = settings.get(StreamKeys.THREADS);
        BuildInfo build = BuildInfo.current();
        print("Stampede " + build.describe() + ", stream " + settings.get(StreamKeys.APPLICATION_ID));
        print("  runs on  Java " + build.library("Java") + ", ONNX Runtime " + build.library("ONNX Runtime")
                + ", Kafka " + build.library("Kafka"));
        print("  model    " + model.name() + " " + model.version() + ", " + model.recipe() + ", threshold "
                + model.threshold() + ", SHA-256 " + model.sha256());
        print("  engine   verified on " + model.executionProvider() + ", configured "
                + settings.engine().provider().name().toLowerCase(Locale.ROOT));
        print("  kafka    " + settings.get(StreamKeys.BOOTSTRAP_SERVERS) + ", "
                + settings.get(StreamKeys.PROCESSING_GUARANTEE) + ", group protocol "
                + settings.get(StreamKeys.GROUP_PROTOCOL) + ", stream threads: " + threads);
        print("  topics   " + topics + "; partitions in parentheses");
        describePattern().ifPresent(description -> print("  pattern  " + description));
        print("  batches  up to " + settings.get(StreamKeys.BATCH_MAX_ALERTS) + " alerts, waiting up to "
                + settings.get(StreamKeys.BATCH_MAX_WAIT).toMillis() + " ms");
        ExplanationSettings.of(settings).describe().ifPresent(description -> print("  explains " + description));
        print("  http     http://" + settings.get(StreamKeys.HTTP_HOST) + ":" + httpPort
                + "/ (live page), /metrics, /healthz, /readyz");
        settings.changed().forEach((key, value) -> print("  setting  " + key + "=" + value));
        if (alertPartitions > 0 && threads > alertPartitions) {
            print("  note     " + threads + " threads for " + alertPartitions
                    + " partitions of alerts: the others stay idle");
        }
    }

    /** What the pattern of the input topics matches; empty if they are a list. */
    private Optional<String> describePattern() {
        if (!settings.alertTopics().isPattern()) {
            return Optional.empty();
        }
        InputTopics inputs = StreamTopics.inputs(settings);
        String tooOld = inputs.tooOld().isEmpty()
                ? ""
                : "; not read, because their date is before " + StreamKeys.TOPIC_OLDEST.name() + ": "
                        + String.join(", ", inputs.tooOld());
        return Optional.of(settings.alertTopics() + " matches "
                + (inputs.read().isEmpty() ? "no topic yet" : String.join(", ", inputs.read())) + tooOld
                + "; new topics are read within "
                + settings.get(StreamKeys.TOPIC_DISCOVERY).toMillis() / 1000.0 + " s");
    }

    /** Prints a line, or logs it if the log is JSON. */
    private void print(String line) {
        if (settings.get(StreamKeys.LOG_FORMAT).equals("json")) {
            LOG.info(line.strip());
        } else {
            notes.println(line);
        }
    }

    private void awaitEnd(StampedeStream stream) throws InterruptedException {
        boolean hasRun = false;
        while (!shutdown.isRequested()) {
            if (!hasRun && stream.state() == KafkaStreams.State.RUNNING) {
                hasRun = true;
                print("Running; SIGTERM or Ctrl-C stops it.");
            }
            if (stream.awaitEnd(CHECK_INTERVAL)) {
                Throwable failure = stream.failure().orElse(null);
                throw new StreamFailedException(
                        "The stream stopped: " + (failure == null ? "unknown reason" : describe(failure, stream))
                                + ". Uncommitted alerts are processed again after a restart.",
                        failure);
            }
        }
    }

    /** Kafka's exceptions about a deleted topic do not name it. */
    private String describe(Throwable failure, StampedeStream stream) {
        return RequiredRights.of(settings)
                .missingFrom(failure)
                .orElseGet(() -> describe(failure, stream.topicProblems()));
    }

    static String describe(Throwable failure, List<String> topicProblems) {
        return topicProblems.isEmpty()
                ? describeCause(failure)
                : String.join("; ", topicProblems) + " (" + describeCause(failure) + ")";
    }

    /** The first exception of Stampede in the chain of causes, else the root cause. */
    static String describeCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !cause.getClass().getName().startsWith("dev.stampede.")) {
            cause = cause.getCause();
        }
        return FailureReason.of(cause);
    }
}
