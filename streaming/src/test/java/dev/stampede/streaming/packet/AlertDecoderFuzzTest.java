package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Mutation;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, the decoder answers; {@link AlertDecoder#decode} lets no exception out. */
class AlertDecoderFuzzTest {
    @TempDir
    private Path folder;

    private static final int ROUNDS = 20_000;
    private final AlertDecoder decoder = new AlertDecoder(List.of(Plane.MEDIAN), 1 << 20);

    static LongStream seeds() {
        return LongStream.range(0, 4);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersWhateverTheBytesAre(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            assertThat(decoder.decode(value)).isInstanceOf(DeadLetter.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersWhateverBecomesOfAGoodValue(long seed) {
        Random random = new Random(seed);
        byte[] good = SingleObject.write(Alerts.uniform("an-alert", 0.5f));
        Map<ErrorClass, Integer> refused = new EnumMap<>(ErrorClass.class);
        int understood = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Decoded packet = decoder.decode(Mutation.of(good, random));
            if (packet instanceof DeadLetter letter) {
                refused.merge(letter.error(), 1, Integer::sum);
            } else {
                understood++;
            }
        }
        // Mutations reach into each part of a value, and not every one breaks it.
        assertThat(refused)
                .containsKeys(ErrorClass.UNKNOWN_FRAMING, ErrorClass.UNKNOWN_SCHEMA, ErrorClass.CORRUPT_AVRO);
        assertThat(understood).isPositive();
    }

    @Test
    void anyKeyAndHeaderGiveAnAlertOrADeadLetter() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] schema = SkyPackets.SCHEMA_JSON.getBytes(UTF_8);
        byte[] value = SkyPackets.confluent(1, SkyPackets.record());
        byte[] bare = Arrays.copyOfRange(value, 5, value.length);
        int alerts = 0;
        for (InputFormat format : List.of(InputFormat.AUTO, InputFormat.CONFLUENT, InputFormat.SCHEMA_IN_KEY)) {
            PacketInput input = new PacketInput(
                    format,
                    PlaneMapping.DEFAULT,
                    Resizing.CROP,
                    OutOfDomain.ABSTAIN,
                    SkyPackets.catalogue(folder),
                    id -> Optional.of(SkyPackets.schema()),
                    1 << 20);
            AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
            for (int i = 0; i < 2000; i++) {
                byte[] header = new byte[random.nextInt(19)];
                random.nextBytes(header);
                AlertRecord record = new AlertRecord(
                        random.nextInt(4) == 0 ? Mutation.of(schema, random) : schema,
                        random.nextBoolean() ? Mutation.of(bare, random) : bare,
                        random.nextInt(4) == 0 ? header : null);
                alerts += decoder.decode(record) instanceof Alert ? 1 : 0;
            }
        }
        assertThat(alerts).isGreaterThan(500);
    }
}
