package dev.stampede.benchmarks.stream;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * The rate at which a consumer group commits alerts. The first commit starts the clock, so that joining the group does
 * not count; the commit of the last alert stops it.
 */
final class CommittedRate {
    private static final long POLL_MILLIS = 5;
    private static final long STALL_NANOS = Duration.ofSeconds(60).toNanos();

    private CommittedRate() {}

    /** The rate at which {@code group} commits {@code alerts} alerts, or those it commits until {@code timeout}. */
    static Rate measure(String brokers, String group, long alerts, Duration timeout) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            long first = awaitMoreThan(0, admin, group, System.nanoTime());
            Rate.Moment start = Rate.Moment.now();
            long last = first;
            Rate.Moment end = start;
            while (last < alerts && end.nanos() - start.nanos() < timeout.toNanos()) {
                last = awaitMoreThan(last, admin, group, end.nanos());
                end = Rate.Moment.now();
            }
            if (last == first) {
                throw CommandException.failed("All " + alerts + " alerts were in one commit; send more with --alerts");
            }
            return Rate.of(last - first, start, end);
        } catch (ExecutionException e) {
            throw CommandException.failed("Cannot read the committed offsets of " + group + ": " + FailureReason.of(e));
        }
    }

    private static long awaitMoreThan(long known, Admin admin, String group, long sinceNanos)
            throws ExecutionException, InterruptedException {
        long committed = committed(admin, group);
        while (committed <= known) {
            if (System.nanoTime() - sinceNanos > STALL_NANOS) {
                throw CommandException.failed("The group " + group + " commits no more than " + known + " alerts");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            committed = committed(admin, group);
        }
        return committed;
    }

    /** Offsets begin at 0 and alerts are sent without transactions, so the sum of offsets is the number of alerts. */
    private static long committed(Admin admin, String group) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(committed -> committed == null ? 0 : committed.offset())
                .sum();
    }
}
