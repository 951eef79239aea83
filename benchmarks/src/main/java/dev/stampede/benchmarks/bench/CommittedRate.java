package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * How many alerts a second a consumer group commits. The first commit starts the clock, so that joining the group does
 * not count; the commit of the last alert stops it.
 */
final class CommittedRate {
    private static final long LOOK_EVERY_MILLIS = 5;

    /** Without a commit for this long, none will come. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private CommittedRate() {}

    /** The rate at which {@code group} commits {@code alerts} alerts, or as many of them as it does in {@code atMost}. */
    static Rate measure(String brokers, String group, long alerts, Duration atMost) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            long begun = System.nanoTime();
            long first = awaitMoreThan(0, admin, group, begun);
            Rate.Moment start = Rate.Moment.now();
            long last = first;
            Rate.Moment end = start;
            while (last < alerts && end.nanos() - start.nanos() < atMost.toNanos()) {
                last = awaitMoreThan(last, admin, group, end.nanos());
                end = Rate.Moment.now();
            }
            if (last == first) {
                throw CommandFailure.failed("All " + alerts + " alerts went in one commit; send more with --alerts");
            }
            return Rate.of(last - first, start, end);
        } catch (ExecutionException e) {
            throw CommandFailure.failed("Cannot read what the group " + group + " committed: " + e.getMessage());
        }
    }

    private static long awaitMoreThan(long known, Admin admin, String group, long sinceNanos)
            throws ExecutionException, InterruptedException {
        long committed = committed(admin, group);
        while (committed <= known) {
            if (System.nanoTime() - sinceNanos > PATIENCE_NANOS) {
                throw CommandFailure.failed("The group " + group + " commits nothing beyond " + known + " alerts");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            committed = committed(admin, group);
        }
        return committed;
    }

    /** Offsets begin at 0 and alerts are sent without transactions, so a sum of offsets is a count of alerts. */
    private static long committed(Admin admin, String group) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(committed -> committed == null ? 0 : committed.offset())
                .sum();
    }
}
