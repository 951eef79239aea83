package dev.stampede.streaming.scoring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PollBatchInterceptorTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final FirstPixelModel model = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(model, 100_000, metrics, Clock.fixed(NOW, ZoneOffset.UTC));

    private PollBatchInterceptor interceptor() {
        PollBatchInterceptor interceptor = new PollBatchInterceptor();
        interceptor.configure(Map.of(PollBatchInterceptor.SCORING, scoring));
        return interceptor;
    }

    private static ConsumerRecords<byte[], byte[]> poll(byte[]... values) {
        return poll(List.of(values));
    }

    /** The values may be null. */
    private static ConsumerRecords<byte[], byte[]> poll(List<byte[]> values) {
        List<ConsumerRecord<byte[], byte[]>> records = values.stream()
                .map(value -> new ConsumerRecord<>("alerts", 0, 0, new byte[0], value))
                .toList();
        return new ConsumerRecords<>(Map.of(new TopicPartition("alerts", 0), records), Map.of());
    }

    private static byte[] alert(String id, float probability) {
        return SingleObject.write(Alerts.uniform(id, probability));
    }

    private static List<Outcome> outcomes(ConsumerRecords<byte[], byte[]> records) {
        return Stream.iterate(records.iterator(), java.util.Iterator::hasNext, iterator -> iterator)
                .map(iterator ->
                        OutcomeHeader.outcomeOn(iterator.next().headers()).orElseThrow())
                .toList();
    }

    @Test
    void scoresAPollOnceAndGivesEachRecordItsOwnOutcome() {
        ConsumerRecords<byte[], byte[]> records =
                poll(Arrays.asList(alert("a", 0.9f), new byte[] {1}, alert("b", 0.1f), null, alert("c", Float.NaN)));
        assertThat(interceptor().onConsume(records)).isSameAs(records);
        assertThat(model.batches).containsExactly(3);
        List<Outcome> outcomes = outcomes(records);
        assertThat(verdict(outcomes.get(0), "a")).isEqualTo(Verdict.REAL);
        assertThat(error(outcomes.get(1))).isEqualTo(ErrorClass.UNKNOWN_FRAMING);
        assertThat(verdict(outcomes.get(2), "b")).isEqualTo(Verdict.BOGUS);
        assertThat(error(outcomes.get(3))).isEqualTo(ErrorClass.NULL_VALUE);
        assertThat(verdict(outcomes.get(4), "c")).isEqualTo(Verdict.ABSTAIN);
        assertThat(metrics.registry().getSampleValue("stampede_batch_size_sum")).isEqualTo(5);
    }

    @Test
    void theLastRecordOfASmallPollEndsIt() {
        assertThat(ends(64)).hasSize(64).endsWith(true);
        assertThat(ends(64).subList(0, 63)).doesNotContain(true);
        assertThat(ends(65)).hasSize(65).doesNotContain(true);
    }

    /** For each record of a poll whether it ends a small one. */
    private List<Boolean> ends(int size) {
        ConsumerRecords<byte[], byte[]> records =
                interceptor().onConsume(poll(Collections.nCopies(size, alert("a", 0.9f))));
        List<Boolean> ends = new ArrayList<>();
        records.forEach(record -> ends.add(OutcomeHeader.endsSmallPoll(record.headers())));
        return ends;
    }

    private static Verdict verdict(Outcome outcome, String id) {
        Outcome.Classified classified = (Outcome.Classified) outcome;
        assertThat(classified.alert().id()).isEqualTo(id);
        assertThat(classified.scoredTime()).isEqualTo(NOW);
        return classified.prediction().verdict();
    }

    private static ErrorClass error(Outcome outcome) {
        return ((Outcome.DeadLettered) outcome).deadLetter().error();
    }

    @Test
    void abstainsWhereACoaddOfTheModelIsMissing() {
        byte[] sum = SingleObject.write(Alerts.with("a", Alerts.coadd(dev.stampede.schemas.CoaddKind.SUM, 1, 1, 1f)));
        ConsumerRecords<byte[], byte[]> records = poll(sum, alert("b", 0.9f));
        interceptor().onConsume(records);
        Prediction prediction = ((Outcome.Classified) outcomes(records).get(0)).prediction();
        assertThat(prediction.abstention()).contains(Abstention.MISSING_PLANE);
        assertThat(prediction.quality().median()).isNaN();
        assertThat(verdict(outcomes(records).get(1), "b")).isEqualTo(Verdict.REAL);
    }

    @Test
    void threadsShareOneModelWithoutWaitingForEachOther() throws Exception {
        CyclicBarrier bothScore = new CyclicBarrier(2);
        model.failOn(size -> !bothArrive(bothScore));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<ConsumerRecords<byte[], byte[]>>> polls = Stream.of("a", "b")
                    .map(id -> threads.submit(() -> interceptor().onConsume(poll(alert(id, 0.9f)))))
                    .toList();
            for (Future<ConsumerRecords<byte[], byte[]>> poll : polls) {
                assertThat(outcomes(poll.get(60, SECONDS))).hasSize(1); // none would come had one waited in vain
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(model.opened).hasValue(2);
    }

    private static boolean bothArrive(CyclicBarrier barrier) {
        try {
            barrier.await(30, SECONDS);
            return true;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            return false;
        }
    }

    @Test
    void leavesAnEmptyPollAlone() {
        interceptor().onConsume(ConsumerRecords.empty());
        assertThat(model.batches).isEmpty();
        assertThat(metrics.registry().getSampleValue("stampede_batch_size_count"))
                .isZero();
    }

    @Test
    void neverAsksTheModelAboutNothing() {
        interceptor().onConsume(poll(new byte[] {1}));
        assertThat(model.batches).isEmpty();
    }

    @Test
    void remembersAFailureAndLetsTheRecordsThroughUnscored() {
        model.failOn(size -> true);
        ConsumerRecords<byte[], byte[]> records = poll(alert("a", 0.9f));
        assertThat(interceptor().onConsume(records)).isSameAs(records);
        assertThat(OutcomeHeader.outcomeOn(records.iterator().next().headers())).isEmpty();
        assertThat(scoring.batchFailure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("the engine is on fire"));
    }

    @Test
    void staysUnreadyAfterAFailureThatDoesNotComeBack() {
        PollBatchInterceptor interceptor = interceptor();
        model.failOn(size -> true);
        interceptor.onConsume(poll(alert("a", 0.9f)));
        model.failOn(size -> false);
        interceptor.onConsume(poll(alert("a", 0.9f)));
        assertThat(scoring.batchFailure()).isPresent();
    }

    @Test
    void cannotBeFakedByAHeaderFromTheWire() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("stampede.outcome", new byte[] {1, 2, 3});
        assertThat(OutcomeHeader.outcomeOn(headers)).isEmpty();
    }

    @Test
    void closesItsScorer() {
        PollBatchInterceptor interceptor = interceptor();
        assertThat(model.opened).hasValue(1);
        interceptor.close();
        assertThat(model.closed).hasValue(1);
        new PollBatchInterceptor().close(); // Kafka closes even what it failed to configure
    }

    @Test
    void refusesToWorkWithoutItsScoring() {
        assertThatIllegalStateException().isThrownBy(() -> new PollBatchInterceptor().configure(Map.of()));
        assertThatIllegalStateException().isThrownBy(() -> new PollBatchInterceptor().onConsume(poll()));
    }
}
