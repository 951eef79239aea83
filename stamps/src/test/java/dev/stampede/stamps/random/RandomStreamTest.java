package dev.stampede.stamps.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    private static final int DRAWS = 400_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void drawsNormalDeviatesWithTheMomentsAndTheTailsOfTheLaw(long seed) {
        RandomStream random = RandomStream.of(seed, 0, 0);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        int beyondTwo = 0;
        int beyondZiggurat = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = random.gaussian();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
            beyondTwo += Math.abs(x) > 2 ? 1 : 0;
            beyondZiggurat += Math.abs(x) > 3.4427 ? 1 : 0;
        }
        // Each tolerance is four standard errors of its estimate.
        assertThat(sum / DRAWS).isCloseTo(0, within(4 / Math.sqrt(DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(1, within(4 * Math.sqrt(2.0 / DRAWS)));
        assertThat(fourth / DRAWS).isCloseTo(3, within(4 * Math.sqrt(96.0 / DRAWS)));
        assertThat((double) beyondTwo / DRAWS).isCloseTo(0.0455, within(4 * Math.sqrt(0.0455 / DRAWS)));
        assertThat((double) beyondZiggurat / DRAWS).isCloseTo(5.76e-4, within(4 * Math.sqrt(5.76e-4 / DRAWS)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5})
    void drawsExponentialDeviatesOfMeanOne(long seed) {
        RandomStream random = RandomStream.of(seed, 0, 0);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = random.exponential();
            sum += x;
            squares += x * x;
        }
        assertThat(sum / DRAWS).isCloseTo(1, within(4 / Math.sqrt(DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(2, within(4 * Math.sqrt(20.0 / DRAWS)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, -7})
    void givesUnrelatedStreamsToNeighbouringItemsAndPurposes(long seed) {
        double products = 0;
        int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            double x = RandomStream.of(seed, i, 1).uniform() - 0.5;
            products += x * (RandomStream.of(seed, i + 1, 1).uniform() - 0.5);
            products += x * (RandomStream.of(seed, i, 2).uniform() - 0.5);
        }
        // The product of two uniform deviates about 0 has variance 1/144.
        assertThat(products / pairs).isCloseTo(0, within(4 * Math.sqrt(2.0 / 144 / pairs)));
    }
}
