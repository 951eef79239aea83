package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.FuzzedValues;
import dev.stampede.streaming.packet.ErrorClass;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.DeadLetterHeaders;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Accounts for fuzzed values. A broken value may name any id, so its number is told by the timestamp of its record,
 * which outcomes keep. Thread-safe.
 */
final class FuzzLedger implements OutcomeReader.Book {
    private static final byte NOT_SENT = -1;

    private final FuzzedValues values;
    private final long firstTimestamp;
    private final byte[] partitions;
    private final int partitionCount;
    private final BitSet seen = new BitSet();
    private final Map<ErrorClass, Long> deadLetters = new EnumMap<>(ErrorClass.class);
    private long classifications;
    private long duplicates;
    private long changed;

    /** @param firstTimestamp that of the value of number 0, in milliseconds; the next follow one by one */
    FuzzLedger(FuzzedValues values, int count, int partitions, long firstTimestamp) {
        this.values = values;
        this.firstTimestamp = firstTimestamp;
        this.partitions = new byte[count];
        Arrays.fill(this.partitions, NOT_SENT);
        this.partitionCount = partitions;
    }

    /** That of the record of {@code number}, milliseconds since 1970. */
    long timestamp(int number) {
        return firstTimestamp + number;
    }

    /** The broker took the value of {@code number}. */
    synchronized void taken(int number, int partition) {
        partitions[number] = (byte) partition;
    }

    @Override
    public synchronized void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        int number = (int) (outcome.timestamp() - firstTimestamp);
        if (outcome.topic().equals(Topics.DEFAULT.deadLetters())) {
            ErrorClass error =
                    ErrorClass.valueOf(DeadLetterHeaders.text(outcome.headers(), DeadLetterHeaders.ERROR_CLASS)
                            .orElseThrow());
            deadLetters.merge(error, 1L, Long::sum);
            changed += Arrays.equals(values.value(number), outcome.value()) ? 0 : 1;
        } else {
            SingleObject.readClassification(outcome.value()); // it can be read
            classifications++;
        }
        if (seen.get(number)) {
            duplicates++;
        } else {
            seen.set(number);
        }
    }

    /** How many values have an outcome. */
    synchronized int outcomes() {
        return seen.cardinality();
    }

    synchronized FuzzResult result(long seed, long unbatched, String failure) {
        List<CrashResult.Partition> conservation = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new CrashResult.Partition(
                        inPartition(partition).count(),
                        inPartition(partition).filter(seen::get).count()))
                .toList();
        return new FuzzResult(
                partitions.length,
                seed,
                classifications,
                deadLetters,
                partitions.length - seen.cardinality(),
                duplicates,
                changed,
                unbatched,
                conservation,
                failure);
    }

    private IntStream inPartition(int partition) {
        return IntStream.range(0, partitions.length).filter(number -> partitions[number] == partition);
    }
}
