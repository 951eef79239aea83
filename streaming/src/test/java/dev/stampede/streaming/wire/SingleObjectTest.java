package dev.stampede.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampAlert;
import dev.stampede.streaming.RandomRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleObjectTest {
    private static final int RECORDS = 200;

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void writesClassificationsAsAvroDoes(long seed) throws IOException {
        BinaryMessageEncoder<Classification> avro = Classification.getEncoder();
        for (Classification each : RandomRecords.of(Classification.class, RECORDS, seed)) {
            assertThat(SingleObject.write(each)).isEqualTo(bytes(avro.encode(each)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void writesAlertsAsAvroDoes(long seed) throws IOException {
        BinaryMessageEncoder<StampAlert> avro = StampAlert.getEncoder();
        for (StampAlert each : RandomRecords.of(StampAlert.class, RECORDS, seed)) {
            assertThat(SingleObject.write(each)).isEqualTo(bytes(avro.encode(each)));
        }
    }

    @Test
    void threadsWriteAtOnceWithoutMixingTheirRecords() {
        List<Classification> records = RandomRecords.of(Classification.class, RECORDS, 4);
        List<byte[]> alone = records.stream().map(SingleObject::write).toList();
        Random random = new Random(5);
        int[] order = random.ints(20_000, 0, RECORDS).toArray();
        IntStream.of(order)
                .parallel()
                .forEach(i -> assertThat(SingleObject.write(records.get(i))).isEqualTo(alone.get(i)));
    }
}
