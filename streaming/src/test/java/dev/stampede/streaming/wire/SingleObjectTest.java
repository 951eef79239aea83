package dev.stampede.streaming.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampAlert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleObjectTest {
    private static final int RECORDS = 200;

    /** Records with every field at random: optional ones absent or there, every symbol, any number. */
    private static <T> List<T> records(Class<T> type, Schema schema, long seed) {
        List<T> records = new ArrayList<>();
        for (Object generic : new RandomData(new GenericData(), schema, RECORDS, seed, true)) {
            records.add(type.cast(specific(schema, generic)));
        }
        return records;
    }

    private static Object specific(Schema schema, Object generic) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(generic, encoder);
            encoder.flush();
            return new SpecificDatumReader<>(schema, schema, new GeneratedClasses())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void writesClassificationsAsAvroDoes(long seed) throws IOException {
        BinaryMessageEncoder<Classification> avro = Classification.getEncoder();
        for (Classification each : records(Classification.class, Classification.getClassSchema(), seed)) {
            assertThat(SingleObject.write(each)).isEqualTo(bytes(avro.encode(each)));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void writesAlertsAsAvroDoes(long seed) throws IOException {
        BinaryMessageEncoder<StampAlert> avro = StampAlert.getEncoder();
        for (StampAlert each : records(StampAlert.class, StampAlert.getClassSchema(), seed)) {
            assertThat(SingleObject.write(each)).isEqualTo(bytes(avro.encode(each)));
        }
    }

    @Test
    void threadsWriteAtOnceWithoutMixingTheirRecords() {
        List<Classification> records = records(Classification.class, Classification.getClassSchema(), 4);
        List<byte[]> alone = records.stream().map(SingleObject::write).toList();
        Random random = new Random(5);
        int[] order = random.ints(20_000, 0, RECORDS).toArray();
        IntStream.of(order)
                .parallel()
                .forEach(i -> assertThat(SingleObject.write(records.get(i))).isEqualTo(alone.get(i)));
    }
}
