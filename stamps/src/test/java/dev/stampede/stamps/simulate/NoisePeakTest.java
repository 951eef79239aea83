package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoisePeakTest {
    private static final StackShape SHAPE = StackShape.of(Plane.COADDS, StackShape.REFERENCE_SIZE);

    private static final int PEAKS = 1_500;

    /** The search's statistic of the stack after the peak was imposed, formed by other means than by the class itself. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesTheStackExactlyTheStatisticItStates(long seed) {
        ExposureStack stack = new ExposureStack(SHAPE);
        Sky sky = new Sky(SHAPE);
        NoisePeak noisePeak = new NoisePeak(SHAPE);
        RandomStream random = RandomStream.of(seed, 0, 0);
        sky.observe(stack, random);
        Appearance peak = noisePeak.impose(stack, random);
        double stated = statistic(stack, noisePeak);
        // The spread of the statistic, over redrawn noise of the same exposures.
        double squares = 0;
        int redraws = 2_000;
        for (int i = 0; i < redraws; i++) {
            sky.redrawNoise(stack, random);
            double value = statistic(stack, noisePeak);
            squares += value * value;
        }
        // A spread over 2,000 redraws is good to 1.6 %.
        assertThat(stated / Math.sqrt(squares / redraws)).isCloseTo(peak.signalToNoise(), withinPercentage(5));
    }

    /** Not normalised: kernel times inverse variance, summed over the stack. */
    private static double statistic(ExposureStack stack, NoisePeak peak) {
        double total = 0;
        for (int t = 0; t < stack.exposures; t++) {
            for (int i = 0; i < SHAPE.pixels(); i++) {
                double kernel = peak.kernel(i / SHAPE.side(), i % SHAPE.side());
                total += kernel * stack.pixels[t * SHAPE.pixels() + i] / (stack.sigma[t] * stack.sigma[t]);
            }
        }
        return total;
    }

    @Test
    void hasTheTailOfASearchOfManyTrials() {
        Simulator simulator = Simulator.of(SimulationSettings.standard().only(CandidateKind.NOISE_PEAK), 1);
        double[] values = new double[PEAKS];
        for (int i = 0; i < PEAKS; i++) {
            values[i] = simulator.candidate(i).truth().signalToNoise();
        }
        Arrays.sort(values);
        assertThat(values[0]).isGreaterThanOrEqualTo(4.0);
        assertThat(values[PEAKS / 2]).isBetween(4.4, 4.65);
        assertThat(values[(int) (0.99 * PEAKS)]).isBetween(5.1, 5.5);
    }

    @Test
    void isBrightestNearTheCentreAsTheSearchSawIt() {
        Simulator simulator = Simulator.of(
                SimulationSettings.standard().only(CandidateKind.NOISE_PEAK).withPlanes(List.of(Plane.WEIGHTED)), 2);
        int near = 0;
        int classified = 0;
        for (int i = 0; i < PEAKS; i++) {
            if (i % 20 < 15) {
                classified++;
                near += distanceOfTheBrightestPatch(simulator.candidate(i).stamp()) < 3 ? 1 : 0;
            }
        }
        // The rest have a brighter neighbour, a slope or a mask.
        assertThat((double) near / classified).isGreaterThan(0.75);
    }

    @Test
    void addsOneSmoothPeakAtTheStatedPlace() {
        // The same noise with and without a peak differs by one smooth positive shape, its maximum at the stated place.
        ExposureStack stack = new ExposureStack(SHAPE);
        Sky sky = new Sky(SHAPE);
        for (int seed = 0; seed < 20; seed++) {
            RandomStream random = RandomStream.of(seed, 0, 0);
            sky.observe(stack, random);
            float[] before = stack.pixels.clone();
            Appearance peak = new NoisePeak(SHAPE).impose(stack, random);
            double[] shape = new double[SHAPE.pixels()];
            int brightest = 0;
            for (int i = 0; i < shape.length; i++) {
                for (int t = 0; t < stack.exposures; t++) {
                    int at = t * SHAPE.pixels() + i;
                    shape[i] += stack.pixels[at] - before[at];
                }
                brightest = shape[i] > shape[brightest] ? i : brightest;
            }
            double row = Math.floorDiv(brightest, SHAPE.side()) - SHAPE.centre();
            double column = brightest % SHAPE.side() - SHAPE.centre();
            assertThat(row).isCloseTo(peak.offsetRow(), within(0.6));
            assertThat(column).isCloseTo(peak.offsetColumn(), within(0.6));
        }
    }

    private static double distanceOfTheBrightestPatch(Stamp stamp) {
        double best = Double.NEGATIVE_INFINITY;
        double distance = 0;
        for (int r = 1; r < 20; r++) {
            for (int c = 1; c < 20; c++) {
                double sum = 0;
                for (int i = 0; i < 9; i++) {
                    sum += stamp.pixel(0, r - 1 + i / 3, c - 1 + i % 3);
                }
                if (sum > best) {
                    best = sum;
                    distance = Math.hypot(r - 10, c - 10);
                }
            }
        }
        return distance;
    }
}
