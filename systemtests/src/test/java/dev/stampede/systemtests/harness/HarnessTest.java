package dev.stampede.systemtests.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.streaming.settings.StreamKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feed and log on a real broker, without a stream. */
class HarnessTest {
    private static final String TOPIC = "classifications";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void aFeedSendsEveryNumberOnceAndTheLogCountsThemByPartition() throws InterruptedException {
        try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            broker.createTopics(2, List.of(TOPIC, "dead-letters"));
            Set<Long> seen = ConcurrentHashMap.newKeySet();
            OutcomeLog.Check check = (number, outcome) -> seen.add(number) && isValueOf(number, outcome);
            try (NumberedProducer feed = NumberedProducer.open(broker.address(), TOPIC, 0, HarnessTest::value);
                    OutcomeLog log = OutcomeLog.start(broker.address(), check, 2)) {
                feed.send(100, NumberedProducer.UNLIMITED);
                assertThat(log.await(100, TIMEOUT)).isTrue();
                feed.start(2000);
                assertThat(log.awaitAllBefore(150, TIMEOUT)).isTrue();
                feed.pause();
                feed.change(5000, number -> "changed".getBytes(StandardCharsets.UTF_8));
                long sent = feed.finish(400);
                assertThat(sent).isGreaterThanOrEqualTo(400);
                assertThat(log.await(sent, TIMEOUT)).isTrue();
                log.finish();
                assertThat(log.distinct()).isEqualTo(sent);
                assertThat(log.duplicates()).isZero();
                assertThat(log.wrong()).isPositive().isLessThan(sent - 100);
                ConservationResult.partitions(feed, log, 2)
                        .forEach(partition -> assertThat(partition.outcomes())
                                .isEqualTo(partition.alerts())
                                .isPositive());
            }
        }
    }

    private static byte[] value(long number) {
        return ("value " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isValueOf(long number, ConsumerRecord<byte[], byte[]> outcome) {
        return new String(outcome.value(), StandardCharsets.UTF_8).equals("value " + number);
    }

    @Test
    void theNextLineOfSettingsOverridesTheOneBefore() {
        assertThat(InProcessStream.settings("bootstrap.servers=a:1\nthreads=2\nthreads=3\n")
                        .get(StreamKeys.THREADS))
                .isEqualTo(3);
    }

    @Test
    void theMedianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
        assertThat(Results.median(DoubleStream.of(4, 1, 3, 2))).isCloseTo(2.5, within(1e-12));
        assertThat(Results.median(DoubleStream.empty())).isNaN();
    }

    @Test
    void resultsAreRoundedToThreeDecimals() {
        StringWriter out = new StringWriter();
        Results.print(new PrintWriter(out), true, Map.of("value", List.of(1.23456, 2, 0.5)));
        assertThat(out.toString().strip()).isEqualTo("{\"value\":[1.235,2,0.5]}");
    }
}
