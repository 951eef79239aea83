package dev.stampede.streaming.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.wire.ErrorClass;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AlertTemplatePoolTest {
    private static final int DRAWS = 20_000;
    private static final List<Plane> CHANNELS = List.of(Plane.MEDIAN);
    private final AlertDecoder decoder = new AlertDecoder(CHANNELS, 100_000);
    private final AlertTemplatePool pool = AlertTemplatePool.of(SimulatedCandidates.of(CHANNELS, 5), CHANNELS, 2000, 5);

    @Test
    void includesUnusableAndUndecodableTemplates() {
        Map<AlertTemplate.Kind, Integer> counts = new EnumMap<>(AlertTemplate.Kind.class);
        Random random = new Random(1);
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(pool.draw(random).kind(), 1, Integer::sum);
        }
        // The pool itself is a sample of 2,000: 3 % and 1 % have a standard deviation of 0.4 % and 0.2 % there.
        assertThat(share(counts, AlertTemplate.Kind.UNUSABLE)).isBetween(0.015, 0.05);
        assertThat(share(counts, AlertTemplate.Kind.GARBAGE)).isBetween(0.002, 0.02);
        // 30 % of the 96 % that are left, with a standard deviation of 1 %.
        assertThat(share(counts, AlertTemplate.Kind.REAL)).isBetween(0.24, 0.34);
    }

    private static double share(Map<AlertTemplate.Kind, Integer> counts, AlertTemplate.Kind kind) {
        return counts.getOrDefault(kind, 0) / (double) DRAWS;
    }

    @Test
    void templatesHaveTheirKind() {
        Random random = new Random(1);
        Set<ErrorClass> errors = EnumSet.noneOf(ErrorClass.class);
        for (int i = 0; i < DRAWS; i++) {
            AlertTemplate template = pool.draw(random);
            Decoded packet = decoder.decode(template.encoder().encode("id-" + i));
            if (template.kind() == AlertTemplate.Kind.GARBAGE) {
                assertThat(packet).isInstanceOfSatisfying(DeadLetter.class, letter -> errors.add(letter.error()));
            } else {
                String id = "id-" + i;
                assertThat(packet)
                        .isInstanceOfSatisfying(
                                Alert.class, alert -> assertThat(alert.id()).isEqualTo(id));
            }
            assertThat(Double.isNaN(template.signalToNoise())).isEqualTo(template.kind() != AlertTemplate.Kind.REAL);
        }
        assertThat(errors)
                .containsExactlyInAnyOrder(
                        ErrorClass.NULL_VALUE,
                        ErrorClass.UNKNOWN_FRAMING,
                        ErrorClass.UNKNOWN_SCHEMA,
                        ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void isReproducibleFromItsSeed() {
        AlertTemplatePool again = AlertTemplatePool.of(SimulatedCandidates.of(CHANNELS, 5), CHANNELS, 2000, 5);
        for (int i = 0; i < 200; i++) {
            assertThat(again.draw(new Random(i)).encoder().encode("x"))
                    .isEqualTo(pool.draw(new Random(i)).encoder().encode("x"));
        }
    }
}
