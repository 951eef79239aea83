package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What each kind looks like, from its light without noise and from the stamps. */
class AppearanceOfKindsTest {
    private static final StackShape SHAPE = StackShape.of(Plane.COADDS, StackShape.REFERENCE_SIZE);

    private static final int DRAWS = 200;

    private final ExposureStack stack = new ExposureStack(SHAPE);
    private final SignalStack signal = new SignalStack(SHAPE);
    private final TrajectoryWindow window = new TrajectoryWindow(SHAPE);

    @Test
    void aStarResidueAddsUpToNearlyNothing() {
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] light = meanLight(StarResidue.CANDIDATE, seed);
            double sum = 0;
            double absolute = 0;
            for (float value : light) {
                sum += value;
                absolute += Math.abs(value);
            }
            assertThat(Math.abs(sum)).as("seed %d", seed).isLessThan(0.12 * absolute);
        }
    }

    @Test
    void aStreakIsElongatedAndAPointSourceIsRound() {
        assertThat(medianOf(new Streak(), AppearanceOfKindsTest::elongation)).isGreaterThan(2.5);
        assertThat(medianOf(new PointSource(5, 5), AppearanceOfKindsTest::elongation))
                .isLessThan(1.3);
    }

    @Test
    void aCosmicRayIsSharperThanAPointSource() {
        double ray = medianOf(new CosmicRay(), AppearanceOfKindsTest::halfMaximumArea);
        double source = medianOf(new PointSource(5, 5), AppearanceOfKindsTest::halfMaximumArea);
        assertThat(ray).isLessThan(source / 2);
    }

    @Test
    void aDefectIsAPixelOrABandFromEdgeToEdge() {
        int pixels = 0;
        int bands = 0;
        for (int seed = 0; seed < DRAWS; seed++) {
            float[] light = meanLight(new DetectorDefect(), seed);
            double area = halfMaximumArea(light);
            pixels += area <= 2 ? 1 : 0;
            bands += area >= 15 ? 1 : 0;
        }
        assertThat(pixels).isBetween(40, 100);
        assertThat(pixels + bands).isEqualTo(DRAWS);
    }

    @Test
    void pointSourcesHaveTheWidthAndTheOffsetsOfThePublishedStamps() {
        Simulator simulator = Simulator.of(
                SimulationSettings.standard().only(CandidateKind.POINT_SOURCE).withSignalToNoise(40, 100), 1);
        double[] fwhm = new double[DRAWS];
        double[] offset = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            StampStatistics measured = StampStatistics.of(simulator.candidate(i).stamp(), true);
            fwhm[i] = measured.fwhmPixels();
            offset[i] = measured.offsetPixels();
        }
        Arrays.sort(fwhm);
        Arrays.sort(offset);
        // 4.4 pixels simulated and 4.8 in real objects; seeing alone spans 2.4 to 4.9.
        assertThat(fwhm[DRAWS / 2]).isBetween(4.0, 4.8);
        assertThat(fwhm[DRAWS / 10]).isGreaterThan(3);
        // The distance of a point uniform in a square of side 4 has the median 1.6.
        assertThat(offset[DRAWS / 2]).isBetween(1.3, 2.0);
    }

    @Test
    void statesTheWidthAndThePlaceOfAPointSourceAsMeasured() {
        Simulator simulator = Simulator.of(
                SimulationSettings.standard()
                        .only(CandidateKind.POINT_SOURCE)
                        .withPlanes(List.of(Plane.MEAN))
                        .withSignalToNoise(60, 100),
                2);
        double widths = 0;
        double offsets = 0;
        int singles = 0;
        for (int i = 0; i < DRAWS; i++) {
            if (i % 20 < 15) {
                SimulatedCandidate candidate = simulator.candidate(i);
                StampStatistics measured = StampStatistics.of(candidate.stamp(), true);
                Truth truth = candidate.truth();
                widths += measured.fwhmPixels() / truth.fwhmPixels();
                offsets += measured.offsetPixels() - Math.hypot(truth.offsetRow(), truth.offsetColumn());
                singles++;
            }
        }
        // The wing makes a fitted Gaussian a little wider than the core.
        assertThat(widths / singles).isBetween(0.95, 1.12);
        assertThat(offsets / singles).isBetween(-0.15, 0.15);
    }

    private float[] meanLight(SignalPainter painter, long seed) {
        RandomStream random = RandomStream.of(seed, 0, 0);
        new Sky(SHAPE).observe(stack, random);
        window.centre(stack);
        signal.clear(stack.exposures);
        painter.paint(stack, signal, random);
        Arrays.fill(stack.pixels, 0);
        stack.add(signal, 1);
        Stamp stamp = new Coadder(SHAPE).coadd(List.of(Plane.MEAN), stack, window);
        return SimulatorTest.pixels(stamp);
    }

    private double medianOf(SignalPainter painter, ToDoubleFunction<float[]> measure) {
        double[] values = new double[DRAWS];
        for (int seed = 0; seed < DRAWS; seed++) {
            values[seed] = measure.applyAsDouble(meanLight(painter, seed));
        }
        Arrays.sort(values);
        return values[DRAWS / 2];
    }

    /** Pixels brighter than half of the brightest. */
    private static double halfMaximumArea(float[] light) {
        float peak = 0;
        for (float value : light) {
            peak = Math.max(peak, value);
        }
        int area = 0;
        for (float value : light) {
            area += value > peak / 2 ? 1 : 0;
        }
        return area;
    }

    /** Long over short axis of the second moments of what is brighter than a quarter of the brightest. */
    private static double elongation(float[] light) {
        float peak = 0;
        for (float value : light) {
            peak = Math.max(peak, value);
        }
        double[] moments = new double[6];
        for (int i = 0; i < light.length; i++) {
            if (light[i] > peak / 4) {
                double row = Math.floorDiv(i, 21);
                double column = i % 21;
                double[] terms = {1, row, column, row * row, column * column, row * column};
                for (int k = 0; k < 6; k++) {
                    moments[k] += light[i] * terms[k];
                }
            }
        }
        double meanRow = moments[1] / moments[0];
        double meanColumn = moments[2] / moments[0];
        double rows = moments[3] / moments[0] - meanRow * meanRow;
        double columns = moments[4] / moments[0] - meanColumn * meanColumn;
        double cross = moments[5] / moments[0] - meanRow * meanColumn;
        double root = Math.sqrt((rows - columns) * (rows - columns) / 4 + cross * cross);
        return Math.sqrt(((rows + columns) / 2 + root) / Math.max((rows + columns) / 2 - root, 0.05));
    }
}
