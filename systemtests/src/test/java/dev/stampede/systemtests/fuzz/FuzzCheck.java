package dev.stampede.systemtests.fuzz;

import dev.stampede.streaming.FuzzedValues;
import dev.stampede.streaming.deadletter.DeadLetterHeaders;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import dev.stampede.systemtests.harness.ConservationResult.Partition;
import dev.stampede.systemtests.harness.OutcomeLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Verifies that a dead letter has the bytes of its value, and counts outcomes by kind. Thread-safe. */
final class FuzzCheck implements OutcomeLog.Check {
    private final FuzzedValues values;
    private final Map<ErrorClass, Long> deadLetters = new EnumMap<>(ErrorClass.class);
    private final BitSet seen = new BitSet();
    private final int[] partitions;
    private long classifications;

    FuzzCheck(FuzzedValues values, int count) {
        this.values = values;
        this.partitions = new int[count];
        Arrays.fill(partitions, -1);
    }

    /** Records the partition that stored a value: an outcome has the key of the alert in it, and may be in another. */
    synchronized void stored(long number, int partition) {
        partitions[(int) number] = partition;
    }

    @Override
    public synchronized boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        seen.set((int) number);
        if (!outcome.topic().equals(TopicNames.DEFAULT.deadLetters())) {
            SingleObject.readClassification(outcome.value()); // throws if it cannot be decoded
            classifications++;
            return true;
        }
        String error = DeadLetterHeaders.text(outcome.headers(), DeadLetterHeaders.ERROR_CLASS)
                .orElseThrow();
        deadLetters.merge(ErrorClass.valueOf(error), 1L, Long::sum);
        return Arrays.equals(values.value(number), outcome.value());
    }

    /** The values that each partition stored, and how many of them have an outcome. */
    synchronized List<Partition> partitions(int count) {
        long[] stored = new long[count];
        long[] outcomes = new long[count];
        for (int number = 0; number < partitions.length; number++) {
            if (partitions[number] >= 0) {
                stored[partitions[number]]++;
                outcomes[partitions[number]] += seen.get(number) ? 1 : 0;
            }
        }
        return IntStream.range(0, count)
                .mapToObj(partition -> new Partition(stored[partition], outcomes[partition]))
                .toList();
    }

    synchronized long classifications() {
        return classifications;
    }

    synchronized Map<ErrorClass, Long> deadLetters() {
        return new EnumMap<>(deadLetters);
    }
}
