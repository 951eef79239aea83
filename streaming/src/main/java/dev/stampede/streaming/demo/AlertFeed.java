package dev.stampede.streaming.demo;

import dev.stampede.streaming.kafka.PacedFeed;
import dev.stampede.streaming.kafka.TopicSender;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends alerts from a pool on a separate thread, at a rate or as fast as outcomes return. */
final class AlertFeed implements AutoCloseable {
    /**
     * The maximum number of alerts in flight, one to two seconds of work. Without a limit a run at full speed would
     * measure the time in its queue.
     */
    private static final int MAX_IN_FLIGHT = 20_000;

    private final TopicSender sender;
    private final AlertTemplatePool pool;
    private final ConservationCheck conservation;
    private final DemoSettings settings;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "alert-feed");
    private volatile @Nullable Exception failure;

    private AlertFeed(
            TopicSender sender, AlertTemplatePool pool, ConservationCheck conservation, DemoSettings settings) {
        this.sender = sender;
        this.pool = pool;
        this.conservation = conservation;
        this.settings = settings;
    }

    static AlertFeed start(
            String brokers,
            String topic,
            AlertTemplatePool pool,
            ConservationCheck conservation,
            DemoSettings settings) {
        TopicSender sender = TopicSender.open(Map.of("bootstrap.servers", brokers), topic);
        AlertFeed feed = new AlertFeed(sender, pool, conservation, settings);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private void run() {
        Random random = new Random(settings.seed());
        try {
            new PacedFeed(settings.alerts(), settings.alertsPerSecond())
                    .run(number -> send(number, random), millis -> stop.await(millis, TimeUnit.MILLISECONDS));
            sender.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void send(long number, Random random) throws InterruptedException {
        AlertTemplate template = pool.draw(random);
        String id = DemoAlertId.id(number);
        if (conservation.send(number, template, MAX_IN_FLIGHT)) {
            sender.send(id, template.encoder().encode(id));
        }
    }

    /** Whether it has sent all alerts. */
    boolean isDone() {
        return !thread.isAlive();
    }

    /** Why it failed; null if it has not. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** Stops sending; the alerts that were sent are on their topic when this returns. */
    @Override
    public void close() {
        stop.countDown();
        conservation.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
