package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTest {
    private static final SimulationSettings STANDARD = SimulationSettings.standard();
    private static final SimulationSettings ALL_COADDS = STANDARD.withPlanes(Plane.COADDS);
    private static final SimulationSettings TRIPLETS = STANDARD.withPlanes(
                    List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE))
            .withSize(63);

    @Test
    void givesTheSameBytesForASeedOnEveryJava() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Simulator simulator = Simulator.of(ALL_COADDS, 42);
        for (int i = 0; i < 200; i++) {
            digest.update(bytes(simulator.candidate(i)));
        }
        // Any change to what is simulated changes this on purpose; a change of the Java version must not.
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("69d5a4aaa9b851e2b7db8dacaca79130f9165b454459ffd4f7388aad761e60f6");
    }

    @Test
    void makesACandidateFromItsIndexAloneInAnyOrderOnAnyThread() {
        Simulator simulator = Simulator.of(ALL_COADDS, 7);
        List<SimulatedCandidate> parallel = IntStream.range(0, 120)
                .parallel()
                .mapToObj(simulator::candidate)
                .toList();
        for (int i = 119; i >= 0; i--) {
            SimulatedCandidate again = Simulator.of(ALL_COADDS, 7).candidate(i);
            assertThat(parallel.get(i).stamp()).isEqualTo(again.stamp());
            assertThat(parallel.get(i).truth()).isEqualTo(again.truth());
        }
    }

    @Test
    void givesOtherStampsForAnotherSeedOrIndex() {
        Stamp stamp = Simulator.of(STANDARD.only(CandidateKind.POINT_SOURCE), 1)
                .candidate(0)
                .stamp();
        assertThat(Simulator.of(STANDARD.only(CandidateKind.POINT_SOURCE), 2)
                        .candidate(0)
                        .stamp())
                .isNotEqualTo(stamp);
        assertThat(Simulator.of(STANDARD.only(CandidateKind.POINT_SOURCE), 1)
                        .candidate(1)
                        .stamp())
                .isNotEqualTo(stamp);
    }

    @Test
    void mixesTheKindsInTheSharesAsked() {
        Simulator simulator = Simulator.of(STANDARD.withRealShare(0.3), 3);
        Map<CandidateKind, Integer> counts = new EnumMap<>(CandidateKind.class);
        int candidates = 6_000;
        for (int i = 0; i < candidates; i++) {
            counts.merge(simulator.candidate(i).truth().kind(), 1, Integer::sum);
        }
        // A kind is drawn once per group of 1 to 3, so a count scatters a little more than a binomial one: 5 sigma.
        STANDARD.withRealShare(0.3)
                .shares()
                .forEach((kind, share) -> assertThat((double) counts.getOrDefault(kind, 0) / candidates)
                        .as(kind.name())
                        .isCloseTo(share, within(6 * Math.sqrt(share * (1 - share) / candidates))));
    }

    @Test
    void findsAQuarterOfTheCandidatesTwoOrThreeTimes() {
        Simulator simulator = Simulator.of(STANDARD, 4);
        Map<Long, Integer> groups = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            groups.merge(simulator.candidate(i).truth().groupId(), 1, Integer::sum);
        }
        assertThat(groups.values().stream().filter(n -> n == 1).count()).isEqualTo(150);
        assertThat(groups.values().stream().filter(n -> n == 2).count()).isEqualTo(10);
        assertThat(groups.values().stream().filter(n -> n == 3).count()).isEqualTo(10);
    }

    @Test
    void showsTheSameSkyButNotTheSameStampThroughoutAGroup() {
        // Sources too faint to be seen, so that the stamps are sky.
        Simulator simulator =
                Simulator.of(STANDARD.only(CandidateKind.POINT_SOURCE).withSignalToNoise(1e-3, 1e-3), 5);
        double within = 0;
        double between = 0;
        for (int block = 0; block < 20; block++) {
            SimulatedCandidate first = simulator.candidate(block * 20 + 17);
            SimulatedCandidate second = simulator.candidate(block * 20 + 18);
            assertThat(second.truth().groupId()).isEqualTo(first.truth().groupId());
            assertThat(second.stamp()).isNotEqualTo(first.stamp());
            assertThat(Math.abs(second.truth().offsetRow() - first.truth().offsetRow()))
                    .isLessThan(1.001);
            within += likeness(first.stamp(), second.stamp()) / 20;
            between += likeness(first.stamp(), simulator.candidate(block).stamp()) / 20;
        }
        // The best of nine shifts of unrelated noise reaches 0.1; a median along another velocity keeps a half.
        assertThat(within).isGreaterThan(0.35);
        assertThat(between).isLessThan(0.2);
    }

    /** The correlation of two stamps at the best of the shifts by up to a pixel. */
    private static double likeness(Stamp first, Stamp second) {
        double best = -1;
        for (int shift = 0; shift < 9; shift++) {
            double[] sums = new double[5];
            for (int i = 0; i < 19 * 19; i++) {
                double x = first.pixel(0, 1 + Math.floorDiv(i, 19), 1 + i % 19);
                double y = second.pixel(0, Math.floorDiv(i, 19) + shift / 3, i % 19 + shift % 3);
                double[] terms = {x, y, x * x, y * y, x * y};
                for (int k = 0; k < 5; k++) {
                    sums[k] += terms[k] / (19 * 19);
                }
            }
            double covariance = sums[4] - sums[0] * sums[1];
            best = Math.max(
                    best, covariance / Math.sqrt((sums[2] - sums[0] * sums[0]) * (sums[3] - sums[1] * sums[1])));
        }
        return best;
    }

    @ParameterizedTest
    @EnumSource(CandidateKind.class)
    void makesOneKindOnlyWhereAskedAndNeverWritesNaN(CandidateKind kind) {
        Simulator simulator = Simulator.of(ALL_COADDS.only(kind), 6);
        for (int i = 0; i < 60; i++) {
            SimulatedCandidate candidate = simulator.candidate(i);
            assertThat(candidate.truth().kind()).isEqualTo(kind);
            assertThat(candidate.truth().isReal()).isEqualTo(kind == CandidateKind.POINT_SOURCE);
            for (float pixel : pixels(candidate.stamp())) {
                assertThat(pixel).isFinite();
            }
        }
    }

    @Test
    void writesExactlyZeroInEveryCoaddWhereNoExposureHadAGoodPixel() {
        Simulator simulator = Simulator.of(ALL_COADDS, 8);
        int partlyMasked = 0;
        for (int i = 0; i < 400; i++) {
            float[] pixels = pixels(simulator.candidate(i).stamp());
            int zeros = 0;
            for (int p = 0; p < 441; p++) {
                boolean masked = pixels[p] == 0;
                zeros += masked ? 1 : 0;
                for (int plane = 1; plane < 4; plane++) {
                    assertThat(pixels[plane * 441 + p] == 0).isEqualTo(masked);
                }
            }
            partlyMasked += zeros > 0 && zeros < 441 ? 1 : 0;
        }
        assertThat(partlyMasked).isBetween(20, 120);
    }

    @Test
    void leavesNothingOfBlankStampsAndAboutATenthOfMaskedOnes() {
        Simulator blank = Simulator.of(STANDARD.only(CandidateKind.BLANK), 9);
        Simulator masked = Simulator.of(STANDARD.only(CandidateKind.MASKED), 9);
        double total = 0;
        for (int i = 0; i < 200; i++) {
            assertThat(zeroShare(blank.candidate(i).stamp())).isEqualTo(1);
            double share = zeroShare(masked.candidate(i).stamp());
            assertThat(share).isBetween(0.6, 1.0);
            total += share;
        }
        assertThat(total / 200).isBetween(0.82, 0.95);
    }

    @Test
    void combinesOneStackIntoEveryCoadd() {
        Simulator simulator = Simulator.of(ALL_COADDS.only(CandidateKind.POINT_SOURCE), 10);
        for (int i = 0; i < 20; i++) {
            Stamp stamp = simulator.candidate(i).stamp();
            double exposures = stamp.pixel(2, 10, 10) / stamp.pixel(1, 10, 10);
            assertThat(exposures).isCloseTo(Math.rint(exposures), within(1e-3)).isBetween(4.0, 30.01);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void showsTheDifferenceOfScienceAndTemplate(long seed) {
        Simulator simulator = Simulator.of(TRIPLETS, seed);
        for (int i = 0; i < 20; i++) {
            SimulatedCandidate candidate = simulator.candidate(i);
            assertThat(Simulator.of(TRIPLETS, seed).candidate(i)).isEqualTo(candidate);
            float[] pixels = pixels(candidate.stamp());
            int plane = 63 * 63;
            double worst = 0;
            for (int p = 0; p < plane; p++) {
                float science = pixels[p];
                float template = pixels[plane + p];
                float difference = pixels[2 * plane + p];
                boolean masked = difference == 0;
                // To the precision of a float of the science image.
                double error =
                        masked ? Math.abs(science) : Math.abs(science - (template + difference)) - Math.ulp(science);
                worst = Math.max(worst, template == 0 ? Double.POSITIVE_INFINITY : error);
            }
            assertThat(worst).isZero();
        }
    }

    @Test
    void drawsTheNoiseOfScienceAndTemplateIndependently() {
        // Sources too faint to be seen; steps between two pixels remove the level, and large ones are static sources.
        Simulator simulator =
                Simulator.of(TRIPLETS.only(CandidateKind.POINT_SOURCE).withSignalToNoise(1e-3, 1e-3), 14);
        double signs = 0;
        int count = 0;
        for (int i = 0; i < 200; i++) {
            Stamp stamp = simulator.candidate(i).stamp();
            double template = stamp.pixel(1, 5, 5) - stamp.pixel(1, 5, 10);
            double difference = stamp.pixel(2, 5, 5) - stamp.pixel(2, 5, 10);
            if (stamp.pixel(2, 5, 5) != 0 && stamp.pixel(2, 5, 10) != 0 && Math.abs(template) < Math.abs(difference)) {
                signs += Math.signum(template * difference);
                count++;
            }
        }
        // Independent noise in science and template makes the difference anticorrelated with the template.
        assertThat(signs / count).isLessThan(-0.1);
    }

    @ParameterizedTest
    @EnumSource(CandidateKind.class)
    void makesEveryKindInLargerStampsAndTriplets(CandidateKind kind) {
        for (SimulationSettings settings : List.of(TRIPLETS, ALL_COADDS.withSize(99))) {
            Simulator simulator = Simulator.of(settings.only(kind), 15);
            for (int i = 0; i < 4; i++) {
                SimulatedCandidate candidate = simulator.candidate(i);
                assertThat(candidate.stamp().width()).isEqualTo(settings.size());
                assertThat(candidate.stamp().planes())
                        .isEqualTo(settings.planes().size());
                assertThat(candidate.truth().kind()).isEqualTo(kind);
                boolean finite = true;
                for (float pixel : pixels(candidate.stamp())) {
                    finite &= Float.isFinite(pixel);
                }
                assertThat(finite).isTrue();
            }
        }
    }

    @Test
    void putsABrightSourceIntoScienceAndDifferenceButNotTheTemplate() {
        Simulator simulator =
                Simulator.of(TRIPLETS.only(CandidateKind.POINT_SOURCE).withSignalToNoise(300, 300), 16);
        for (int i = 0; i < 15; i++) {
            SimulatedCandidate candidate = simulator.candidate(i);
            Stamp stamp = candidate.stamp();
            int row = 31 + (int) Math.rint(candidate.truth().offsetRow());
            int column = 31 + (int) Math.rint(candidate.truth().offsetColumn());
            double brightest = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < 63 * 63; p++) {
                brightest = Math.max(brightest, stamp.pixel(2, p / 63, p % 63));
            }
            assertThat((double) stamp.pixel(2, row, column)).isGreaterThan(0.8 * brightest);
            assertThat(stamp.pixel(0, row, column)).isGreaterThan(stamp.pixel(1, row, column));
        }
    }

    @Test
    void refusesANegativeIndex() {
        assertThatThrownBy(() -> Simulator.of(STANDARD, 1).candidate(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    static float[] pixels(Stamp stamp) {
        float[] pixels = new float[stamp.planes() * stamp.height() * stamp.width()];
        stamp.copyTo(pixels, 0);
        return pixels;
    }

    private static double zeroShare(Stamp stamp) {
        int zeros = 0;
        for (float pixel : pixels(stamp)) {
            zeros += pixel == 0 ? 1 : 0;
        }
        return (double) zeros / (stamp.height() * stamp.width());
    }

    private static byte[] bytes(SimulatedCandidate candidate) {
        float[] pixels = pixels(candidate.stamp());
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES + 5 * Double.BYTES);
        bytes.asFloatBuffer().put(pixels);
        bytes.position(pixels.length * Float.BYTES);
        Truth truth = candidate.truth();
        bytes.putDouble(truth.signalToNoise()).putDouble(truth.fwhmPixels());
        bytes.putDouble(truth.offsetRow()).putDouble(truth.offsetColumn()).putLong(truth.groupId());
        return bytes.array();
    }
}
