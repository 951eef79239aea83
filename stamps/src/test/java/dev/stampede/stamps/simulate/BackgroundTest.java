package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackgroundTest {
    private static final int STAMPS = 250;

    @Test
    void isCorrelatedBetweenNeighboursAsInRealCoadds() {
        double[] correlations = correlations(CandidateKind.NOISE_PEAK, 1);
        Arrays.sort(correlations);
        assertThat(correlations[STAMPS / 20]).isBetween(0.05, 0.16);
        assertThat(correlations[STAMPS / 2]).isBetween(0.20, 0.28);
        assertThat(correlations[STAMPS * 9 / 10]).isBetween(0.30, 0.42);
    }

    /** The sky of a candidate does not depend on its kind, so equal seeds compare kinds on equal skies. */
    @Test
    void isTheSameUnderSourcesAndUnderNoisePeaks() {
        double[] peaks = correlations(CandidateKind.NOISE_PEAK, 2);
        double[] sources = correlations(CandidateKind.POINT_SOURCE, 2);
        assertThat(mean(sources)).isCloseTo(mean(peaks), within(0.012));
        double[] others = correlations(CandidateKind.COSMIC_RAY, 3);
        // Other skies of the same law: the scatter of one is 0.1.
        assertThat(mean(others)).isCloseTo(mean(peaks), within(4 * 0.1 * Math.sqrt(2.0 / STAMPS)));
    }

    @ParameterizedTest(name = "correlation {0}, phase {1}")
    @CsvSource({"0.1, 0.5", "0.3, 0.2", "0.52, 0.8", "0.58, 0.35"})
    void takesTheCorrelationAskedFromAKernelThatKeepsTheVariance(double correlation, double phase) {
        NoiseKernel kernel = new NoiseKernel();
        kernel.set(correlation, phase);
        double energy = kernel.before * kernel.before + kernel.middle * kernel.middle + kernel.after * kernel.after;
        assertThat(energy).isCloseTo(1, within(1e-6));
        assertThat(kernel.lag1).isCloseTo(correlation, within(1e-9));
        assertThat(kernel.middle * (kernel.before + kernel.after)).isCloseTo((float) correlation, within(1e-6f));
        assertThat((double) kernel.before * kernel.after).isCloseTo(kernel.lag2, within(1e-6));
        assertThat(kernel.correlation(3)).isZero();
    }

    @Test
    void scattersWildlyInOffsetAndScaleButNeverLosesTheNoiseInTheDigits() {
        Simulator simulator = Simulator.of(SimulationSettings.standard().only(CandidateKind.NOISE_PEAK), 4);
        double lowest = 0;
        double highest = 0;
        int nearZero = 0;
        for (int i = 0; i < 600; i++) {
            float[] pixels = SimulatorTest.pixels(simulator.candidate(i).stamp());
            Arrays.sort(pixels);
            float median = pixels[220];
            double iqr = pixels[330] - pixels[110];
            assertThat(iqr).isGreaterThan(50 * Math.ulp(median));
            lowest = Math.min(lowest, median);
            highest = Math.max(highest, median);
            nearZero += Math.abs(median) < 2 * iqr ? 1 : 0;
        }
        assertThat(lowest).isBetween(-3_400.0, -100.0);
        assertThat(highest).isBetween(1_000.0, 16_100.0);
        assertThat(nearZero).isGreaterThan(480);
    }

    private static double[] correlations(CandidateKind kind, long seed) {
        Simulator simulator = Simulator.of(SimulationSettings.standard().only(kind), seed);
        double[] values = new double[STAMPS];
        for (int i = 0; i < STAMPS; i++) {
            values[i] = StampStatistics.correlationOf(simulator.candidate(i).stamp());
        }
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
