package dev.stampede.streaming.release;

import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.HttpResponses;
import dev.stampede.streaming.monitor.ReleaseFault;
import dev.stampede.streaming.monitor.Route;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the releases of a topic on a separate thread, so that no poll of alerts waits for it. Thread-safe. */
public final class ReleaseFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFollower.class);
    private static final long RETRY_MILLIS = 1000;
    private static final int OK = 200;

    private final ReleaseTopic topic;
    private final StreamMetrics metrics;
    private final ReleaseReconciler reconciler;
    private final Thread thread = new Thread(this::follow, "releases");
    private final Releases releases = new Releases();
    private Optional<String> unreadable = Optional.empty();
    private volatile boolean isClosed;

    private ReleaseFollower(ReleaseTopic topic, StreamMetrics metrics, ReleaseReconciler reconciler) {
        this.topic = topic;
        this.metrics = metrics;
        this.reconciler = reconciler;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, cause) -> {
            reconciler.failed(String.valueOf(cause));
            LOG.atError().setCause(cause).log("Release thread failed; new releases are ignored until a restart");
        });
    }

    /**
     * Reads all existing releases and applies them, so that a stream starts with the live one; new ones are followed from
     * {@link #begin} on. Close it after the stream.
     *
     * @param scoring with the configured model, which is used without a live release
     * @throws RuntimeException if the topic cannot be read; the message says why
     */
    public static ReleaseFollower open(ReleaseSettings settings, AlertScorerFactory scoring, ModelOpener opener) {
        ReleaseLoader loader = new ReleaseLoader(
                scoring, new ModelFetch(settings.maxBytes(), settings.fetchTimeout()), opener, System::nanoTime);
        ReleaseFollower follower = new ReleaseFollower(
                ReleaseTopic.open(settings.client(), settings.topic()),
                scoring.metrics(),
                new ReleaseReconciler(scoring.models(), settings.shadowMaxDelay(), loader));
        boolean opened = false;
        try {
            follower.topic.readToEnd(follower::add);
            follower.reconcile();
            opened = true;
            return follower;
        } finally {
            if (!opened) {
                follower.release();
            }
        }
    }

    /** Starts to follow new releases. */
    public void begin() {
        thread.start();
    }

    private void follow() {
        String lastFailure = "";
        while (!isClosed) {
            try {
                topic.poll().forEach(this::add);
                reconcile();
                lastFailure = "";
            } catch (RuntimeException e) {
                if (isClosed) {
                    return;
                }
                String failure = String.valueOf(e.getMessage());
                reconciler.failed(failure);
                if (!lastFailure.equals(failure)) {
                    LOG.atWarn().setCause(e).log("Models topic cannot be read; retrying");
                }
                lastFailure = failure;
                pause();
            }
        }
    }

    private void reconcile() {
        reconciler.reconcile(releases, unreadable);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            releases.add(record);
            unreadable = Optional.empty();
        } catch (UnreadableReleaseException e) {
            unreadable = Optional.of(String.valueOf(e.getMessage()));
            metrics.releases().refused(ReleaseFault.UNREADABLE);
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Undecodable record in the models topic");
        }
    }

    /** Whether the active models are the released ones. */
    public HealthCheck readiness() {
        return reconciler.readiness();
    }

    /** What has become of the releases, for {@link ReleaseWait}. */
    public Route route() {
        return Route.exact(
                ReleaseStatus.PATH,
                exchange -> HttpResponses.json(exchange, OK, reconciler.status().toJson()));
    }

    private void release() {
        topic.close();
        reconciler.close();
    }

    /** Stops following, and closes the models it opened. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        release();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
