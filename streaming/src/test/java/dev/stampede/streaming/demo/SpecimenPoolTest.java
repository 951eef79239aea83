package dev.stampede.streaming.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.ErrorClass;
import dev.stampede.streaming.packet.Packet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecimenPoolTest {
    private static final int DRAWS = 20_000;
    private static final List<CoaddKind> CHANNELS = List.of(CoaddKind.MEDIAN);
    private final AlertDecoder decoder = new AlertDecoder(CHANNELS, 100_000);
    private final SpecimenPool pool = SpecimenPool.of(SimulatedCandidates.of(CHANNELS, 5), CHANNELS, 2000, 5);

    @Test
    void mixesInAFewThatCannotBeJudgedOrRead() {
        Map<Specimen.Kind, Integer> counts = new EnumMap<>(Specimen.Kind.class);
        Random random = new Random(1);
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(pool.draw(random).kind(), 1, Integer::sum);
        }
        // The pool itself is a sample of 2,000: 3 % and 1 % have a standard deviation of 0.4 % and 0.2 % there.
        assertThat(share(counts, Specimen.Kind.UNUSABLE)).isBetween(0.015, 0.05);
        assertThat(share(counts, Specimen.Kind.GARBAGE)).isBetween(0.002, 0.02);
        // 30 % of the 96 % that are left, with a standard deviation of 1 %.
        assertThat(share(counts, Specimen.Kind.REAL)).isBetween(0.24, 0.34);
    }

    private static double share(Map<Specimen.Kind, Integer> counts, Specimen.Kind kind) {
        return counts.getOrDefault(kind, 0) / (double) DRAWS;
    }

    @Test
    void isWhatItSaysItIs() {
        Random random = new Random(1);
        Set<ErrorClass> errors = EnumSet.noneOf(ErrorClass.class);
        for (int i = 0; i < DRAWS; i++) {
            Specimen specimen = pool.draw(random);
            Packet packet = decoder.decode(specimen.form().valueFor("id-" + i));
            if (specimen.kind() == Specimen.Kind.GARBAGE) {
                assertThat(packet).isInstanceOfSatisfying(DeadLetter.class, letter -> errors.add(letter.error()));
            } else {
                String id = "id-" + i;
                assertThat(packet)
                        .isInstanceOfSatisfying(
                                Alert.class, alert -> assertThat(alert.id()).isEqualTo(id));
            }
            assertThat(Double.isNaN(specimen.signalToNoise())).isEqualTo(specimen.kind() != Specimen.Kind.REAL);
        }
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        ErrorClass.NULL_VALUE,
                        ErrorClass.UNKNOWN_FRAMING,
                        ErrorClass.UNKNOWN_SCHEMA,
                        ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void followsFromItsSeed() {
        SpecimenPool again = SpecimenPool.of(SimulatedCandidates.of(CHANNELS, 5), CHANNELS, 2000, 5);
        for (int i = 0; i < 200; i++) {
            assertThat(again.draw(new Random(i)).form().valueFor("x"))
                    .isEqualTo(pool.draw(new Random(i)).form().valueFor("x"));
        }
    }
}
