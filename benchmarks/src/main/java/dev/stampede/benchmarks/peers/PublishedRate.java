package dev.stampede.benchmarks.peers;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.systemtests.harness.JavaProcess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * The rate at which committed results appear on a topic, and the CPU time of the program that publishes them. Commit
 * markers count as results; they are a thousandth of them.
 */
final class PublishedRate {
    private static final long POLL_MILLIS = 20;
    private static final Duration START = Duration.ofMinutes(3);

    private final Admin admin;
    private final Map<TopicPartition, OffsetSpec> partitions;
    private final JavaProcess process;

    PublishedRate(Admin admin, String topic, int partitions, JavaProcess process) {
        this.admin = admin;
        this.partitions = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(topic, number), number -> OffsetSpec.latest()));
        this.process = process;
    }

    /**
     * The rate from the first results that appear after {@code warmUp}, which begins with the first of all, until
     * {@code duration} later.
     *
     * @param alerts on the input topic; if all are done before the end, the measurement fails
     */
    Rate measure(Duration warmUp, Duration duration, long alerts) throws InterruptedException {
        awaitMoreThan(0, System.nanoTime() + START.toNanos());
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
        long first = awaitMoreThan(published(), System.nanoTime() + START.toNanos());
        Rate.Moment start = moment();
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        long last = awaitMoreThan(published(), System.nanoTime() + START.toNanos());
        Rate.Moment end = moment();
        if (last >= alerts) {
            throw CommandException.failed("All " + alerts + " alerts were scored too early; send more with --alerts.");
        }
        return Rate.of(last - first, start, end);
    }

    private Rate.Moment moment() {
        long cpu = ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> CommandException.failed("A program ended; its output:\n" + process.output()));
        return new Rate.Moment(System.nanoTime(), cpu);
    }

    /** Transactional programs publish in commits, so a measurement begins and ends with one. */
    private long awaitMoreThan(long known, long deadlineNanos) throws InterruptedException {
        long count = published();
        while (count <= known) {
            if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
                throw CommandException.failed(
                        "A program publishes no more than " + known + " results; its output:\n" + process.output());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            count = published();
        }
        return count;
    }

    private long published() throws InterruptedException {
        try {
            return admin
                    .listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException failure) {
            throw CommandException.failed("Cannot read the offsets of the results: " + FailureReason.of(failure));
        }
    }
}
