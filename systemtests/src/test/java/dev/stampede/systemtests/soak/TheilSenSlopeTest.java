package dev.stampede.systemtests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TheilSenSlopeTest {
    private static List<double[]> points(int count, double slope, double noise, long seed) {
        Random random = new Random(seed);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new double[] {i, 100 + slope * i + noise * random.nextGaussian()});
        }
        return points;
    }

    private static TheilSenSlope of(List<double[]> points) {
        return TheilSenSlope.of(points, point -> point[0], point -> point[1]);
    }

    @Test
    void isThatOfALine() {
        TheilSenSlope slope = of(points(20, 0.5, 0, 1));
        assertThat(slope.median()).isCloseTo(0.5, within(1e-12));
        assertThat(slope.lower()).isCloseTo(0.5, within(1e-12));
        assertThat(slope.upper()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void isRobustToOutliers() {
        List<double[]> points = points(40, 0.5, 0.01, 2);
        for (int i = 0; i < 40; i += 5) {
            points.get(i)[1] = 10_000;
        }
        assertThat(of(points).median()).isCloseTo(0.5, within(0.05));
    }

    /** The interval of 95 % misses the truth in one of twenty; of 400 that is 20, with a deviation of 4.4. */
    @Test
    void hasAnIntervalWithItsNominalCoverage() {
        int misses = 0;
        for (long seed = 0; seed < 400; seed++) {
            TheilSenSlope slope = of(points(30, 0.1, 1, seed));
            if (slope.lower() > 0.1 || slope.upper() < 0.1) {
                misses++;
            }
        }
        assertThat(misses).isBetween(4, 38);
    }

    @Test
    void isNaNForFewPointsAndForNaN() {
        assertThat(of(points(7, 1, 0, 1)).median()).isNaN();
        List<double[]> points = points(20, 1, 0, 1);
        points.get(3)[1] = Double.NaN;
        assertThat(of(points).lower()).isNaN();
    }
}
