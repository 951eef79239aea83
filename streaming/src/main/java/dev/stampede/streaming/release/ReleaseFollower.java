package dev.stampede.streaming.release;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.ReleaseFault;
import dev.stampede.streaming.scoring.Scoring;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the releases beside a stream, on a thread of its own: no poll of alerts ever waits for it. Thread-safe.
 */
public final class ReleaseFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFollower.class);
    private static final long REST_MILLIS = 1000;

    private final ReleaseTopic topic;
    private final Scoring scoring;
    private final ReleaseDesk desk;
    private final Thread thread = new Thread(this::follow, "releases");
    private final Releases releases = new Releases();
    private Optional<String> unreadable = Optional.empty();
    private volatile boolean isClosed;

    private ReleaseFollower(ReleaseTopic topic, Scoring scoring, ReleaseDesk desk) {
        this.topic = topic;
        this.scoring = scoring;
        this.desk = desk;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, cause) -> {
            desk.failed(String.valueOf(cause));
            LOG.error("Releases are followed no more", cause);
        });
    }

    /**
     * Reads all releases there are and does what they ask for, before the first alert: a stream that starts comes up
     * with what is live. Those to come are followed from {@link #begin} on. Close it after the stream.
     *
     * @param scoring with the model that judges where no release does
     * @throws CommandFailure if the topic cannot be read
     */
    public static ReleaseFollower open(ReleaseSettings settings, Scoring scoring, ModelOpening opening) {
        ReleaseTrial trial = new ReleaseTrial(
                scoring, new ModelFetch(settings.maxBytes(), settings.fetchAtMost()), opening, System::nanoTime);
        ReleaseFollower follower = new ReleaseFollower(
                ReleaseTopic.open(settings.client(), settings.topic()),
                scoring,
                new ReleaseDesk(scoring, settings.shadowOfAPoll(), trial));
        boolean opened = false;
        try {
            follower.catchUp();
            opened = true;
            return follower;
        } finally {
            if (!opened) {
                follower.release();
            }
        }
    }

    private void catchUp() {
        topic.readToEnd(this::take);
        desk.settle(releases, unreadable);
    }

    /** Follows the releases that come from now on. */
    public void begin() {
        thread.start();
    }

    private void follow() {
        String trouble = "";
        while (!isClosed) {
            try {
                topic.poll().forEach(this::take);
                desk.settle(releases, unreadable);
                trouble = "";
            } catch (RuntimeException e) {
                if (isClosed) {
                    return;
                }
                String cause = String.valueOf(e.getMessage());
                desk.failed(cause);
                if (!trouble.equals(cause)) {
                    LOG.warn("Releases cannot be followed; it is tried again", e);
                }
                trouble = cause;
                rest();
            }
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            releases.add(record);
            unreadable = Optional.empty();
        } catch (UnreadableReleaseException e) {
            unreadable = Optional.of(String.valueOf(e.getMessage()));
            scoring.metrics().releases().refused(ReleaseFault.UNREADABLE);
            LOG.warn("A record is not understood as a release: {}", e.getMessage());
        }
    }

    /** Whether what was released is what scores, in words. */
    public Condition readiness() {
        return desk.readiness();
    }

    private void release() {
        topic.close();
        desk.close();
    }

    /** Follows no more, and closes the models it opened. */
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
