package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.Mutation;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken packet is an alert or a dead letter, never an exception, and never spoils the next. */
@Tag("slow")
class SurveyPacketsFuzzTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2})
    void answersWhateverBecomesOfASyntheticPacket(long seed) {
        PacketInput input = SkyPackets.input(SkyPackets.catalogue(folder), id -> Optional.of(SkyPackets.schema()));
        List<byte[]> good = Stream.concat(
                        Stream.of("null", "deflate", "snappy", "zstandard")
                                .map(codec ->
                                        SkyPackets.container(CodecFactory.fromString(codec), SkyPackets.record())),
                        Stream.of(SkyPackets.confluent(1, SkyPackets.record())))
                .toList();
        Map<ErrorClass, Integer> refused = answersToMutationsOf(good, input, new Random(seed), 2000);
        assertThat(refused).containsKeys(ErrorClass.CORRUPT_AVRO, ErrorClass.SCHEMA_MISMATCH, ErrorClass.BAD_FITS);
    }

    @Test
    void answersWhateverBecomesOfARealPacket() throws IOException {
        Path packets = RealData.folder("packets");
        SchemaSource schemas = SchemaFolder.read(packets.resolve("rubin/schemas"));
        List<byte[]> good = new ArrayList<>();
        try (Stream<Path> files = Files.walk(packets)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avro"))
                    .sorted()
                    .toList()) {
                good.add(Files.readAllBytes(file));
            }
        }
        PacketInput input = SkyPackets.input(SurveyCatalogue.shipped(), schemas);
        assertThat(answersToMutationsOf(good, input, new Random(1), 100)).containsKey(ErrorClass.CORRUPT_AVRO);
    }

    private static Map<ErrorClass, Integer> answersToMutationsOf(
            List<byte[]> good, PacketInput input, Random random, int rounds) {
        Map<ErrorClass, Integer> refused = new EnumMap<>(ErrorClass.class);
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        for (byte[] packet : good) {
            Decoded before = decoder.decode(packet);
            for (int round = 0; round < rounds; round++) {
                if (decoder.decode(Mutation.of(packet, random)) instanceof DeadLetter letter) {
                    refused.merge(letter.error(), 1, Integer::sum);
                }
            }
            assertThat(decoder.decode(packet)).isEqualTo(before);
        }

        return refused;
    }
}
