package dev.stampede.systemtests.fuzz;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.FuzzedValues;
import dev.stampede.streaming.deadletter.DeadLetterHeaders;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.systemtests.harness.ConservationResult.Partition;
import dev.stampede.systemtests.harness.OutcomeLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Verifies that a dead letter has the bytes of its value, and counts outcomes by kind. Thread-safe. */
final class FuzzCheck implements OutcomeLog.Check {
    private final FuzzedValues values;
    private final Map<ErrorClass, Long> deadLetters = new EnumMap<>(ErrorClass.class);
    private final AlertDecoder decoder;
    private final RecordDecoder<Classification> classificationDecoder;
    private final int[] seen;
    private final int[] partitions;
    private long classifications;

    /**
     * @param decoder tells how many alerts a value holds
     * @param classificationDecoder reads the classifications
     */
    FuzzCheck(
            FuzzedValues values, AlertDecoder decoder, RecordDecoder<Classification> classificationDecoder, int count) {
        this.values = values;
        this.classificationDecoder = classificationDecoder;
        this.decoder = decoder;
        this.seen = new int[count];
        this.partitions = new int[count];
        Arrays.fill(partitions, -1);
    }

    /** Records the partition that stored a value: an outcome has the key of the alert in it, and may be in another. */
    synchronized void stored(long number, int partition) {
        partitions[(int) number] = partition;
    }

    @Override
    public synchronized boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        seen[(int) number]++;
        if (!outcome.topic().equals(TopicNames.DEFAULT.deadLetters())) {
            classificationDecoder.decode(outcome.value()); // throws if it cannot be decoded
            classifications++;
            return true;
        }
        String error = DeadLetterHeaders.text(outcome.headers(), DeadLetterHeaders.ERROR_CLASS)
                .orElseThrow();
        deadLetters.merge(ErrorClass.valueOf(error), 1L, Long::sum);
        byte[] value = values.value(number);
        return Arrays.equals(value, outcome.value())
                || decoder.decode(values.record(number)).parts().stream()
                        .anyMatch(part -> isAlone(part, outcome.value()));
    }

    /** Whether a value is the dead letter of one alert of several. */
    private static boolean isAlone(Decoded part, byte[] value) {
        return part instanceof DeadLetter letter
                && letter.alone().map(ByteBuffer.wrap(value)::equals).orElse(false);
    }

    /** The outcomes that are missing: those of values without any, and of alerts of values that hold several. */
    synchronized long missing() {
        return IntStream.range(0, seen.length)
                .mapToLong(number -> Math.max(0, alerts(number) - seen[number]))
                .sum();
    }

    /** The outcomes beyond the alerts of the values. */
    synchronized long duplicates() {
        return IntStream.range(0, seen.length)
                .mapToLong(number -> Math.max(0, seen[number] - alerts(number)))
                .sum();
    }

    private int alerts(int number) {
        return decoder.decode(values.record(number)).parts().size();
    }

    /** The values that each partition stored, and how many of them have an outcome or more. */
    synchronized List<Partition> partitions(int count) {
        long[] stored = new long[count];
        long[] outcomes = new long[count];
        for (int number = 0; number < partitions.length; number++) {
            if (partitions[number] >= 0) {
                stored[partitions[number]]++;
                outcomes[partitions[number]] += seen[number] > 0 ? 1 : 0;
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
