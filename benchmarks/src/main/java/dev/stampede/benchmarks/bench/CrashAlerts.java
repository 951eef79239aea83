package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is sent to a stream that is crashed, and what must become of each: one in a hundred cannot be read. Thread-safe. */
final class CrashAlerts implements OutcomeLog.Check {
    private static final int POOL_SIZE = 2000;
    private static final long SEED = 1;
    private static final int GARBAGE_EVERY = 100;
    private static final byte[] GARBAGE = "this is no alert".getBytes(US_ASCII);

    private final AlertPool pool;
    private final OfflineVerdicts offline;
    private final List<Storm> storms = new CopyOnWriteArrayList<>();

    /** Alerts from one number on to before another, of which every second cannot be read. */
    private record Storm(long from, long to) {
        boolean spoils(long number) {
            return number >= from && number < to && number % 2 == 0;
        }
    }

    private CrashAlerts(AlertPool pool, OfflineVerdicts offline) {
        this.pool = pool;
        this.offline = offline;
    }

    static CrashAlerts of(StampClassifier classifier) {
        AlertPool pool = AlertPool.of(classifier.contract().channels(), POOL_SIZE, SEED);
        OfflineVerdicts offline = new OfflineVerdicts(pool);
        offline.add(classifier);
        return new CrashAlerts(pool, offline);
    }

    /** The value of the record of {@code number}. */
    byte[] value(long number) {
        return isGarbage(number) ? GARBAGE.clone() : pool.value(number);
    }

    /** From now on every second of the alerts from {@code from} on to before {@code to} is spoilt; none is sent yet. */
    void spoil(long from, long to) {
        storms.add(new Storm(from, to));
    }

    /** Whether the alert of {@code number} must end as a dead letter. */
    boolean isGarbage(long number) {
        return number % GARBAGE_EVERY == GARBAGE_EVERY - 1 || storms.stream().anyMatch(storm -> storm.spoils(number));
    }

    @Override
    public boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        boolean buried = outcome.topic().equals(Topics.DEFAULT.deadLetters());
        if (isGarbage(number)) {
            return buried;
        }
        return !buried && offline.agree(number, SingleObject.readClassification(outcome.value()));
    }
}
