package dev.stampede.stamps.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ReferencePopulationTest {
    /** Of two bins, a quarter and three quarters are expected, and halves come. */
    private static final FeatureShares QUARTERS =
            new FeatureShares(List.of(0.5), List.of(0.25, 0.75), List.of(1.0, 0.0));

    private static ReferencePopulation reference() {
        ReferencePopulation.Builder builder = new ReferencePopulation.Builder();
        for (int i = 0; i < 1000; i++) {
            builder.add(Feature.SCORE, i / 2000.0, false);
            builder.add(Feature.SCORE, 0.5 + i / 2000.0, true);
            builder.add(Feature.MASKED_FRACTION, i < 900 ? 0 : 0.2, i % 2 == 0);
            builder.add(Feature.FWHM, Double.NaN, true);
        }
        return builder.build().orElseThrow();
    }

    @Test
    void theIndexIsThatOfTheFormula() {
        // (0.5 - 0.25) ln(0.5 / 0.25) + (0.5 - 0.75) ln(0.5 / 0.75), by hand.
        double byHand = 0.25 * Math.log(2) + 0.25 * Math.log(1.5);
        assertThat(QUARTERS.stabilityIndex(List.of(50L, 50L), 0)).isCloseTo(byHand, within(1e-12));
        assertThat(QUARTERS.stabilityIndex(List.of(25L, 75L), 0)).isZero();
    }

    @Test
    void fewerRealStampsThanInTrainingAreNoDrift() {
        FeatureShares score = reference().features().get(Feature.SCORE);
        assertThat(score).isNotNull();
        List<Long> bogusOnly = DoubleStream.iterate(0, i -> i + 1)
                .limit(score.bins())
                .mapToObj(bin -> bin < 5 ? 100L : 0L)
                .toList();
        assertThat(score.stabilityIndex(bogusOnly, 0)).isLessThan(0.01);
        assertThat(score.stabilityIndex(bogusOnly, 0.5)).isGreaterThan(1);
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(ReferencePopulation.parse(reference().text())).isEqualTo(reference());
    }

    @Test
    void leavesOutWhatCouldNotBeFormedAndJoinsBinsOfOneValue() {
        assertThat(reference().features()).containsOnlyKeys(Feature.SCORE, Feature.MASKED_FRACTION);
        assertThat(reference().features().get(Feature.MASKED_FRACTION))
                .isEqualTo(new FeatureShares(List.of(0.2), List.of(0.9, 0.1), List.of(0.9, 0.1)));
    }

    @Test
    void isNoneWhereTooFewStampsCame() {
        ReferencePopulation.Builder builder = new ReferencePopulation.Builder();
        builder.add(Feature.SCORE, 0.5, true);
        assertThat(builder.build()).isEmpty();
    }

    @Test
    void leavesOutAFeatureOfALaterVersion() {
        assertThat(ReferencePopulation.parse(reference().text() + ";COLOUR:1.0|0.5,0.5|0.5,0.5"))
                .isEqualTo(reference());
    }

    @Test
    void refusesWhatIsNoReference() {
        for (String text : List.of("", "SCORE", "SCORE:1|2", "SCORE:0.5|0.5,0.5|0.9,0.9", "SCORE:x|1|1")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> ReferencePopulation.parse(text));
        }
    }

    @Test
    void measuresTheWidthOfAGaussian() {
        int side = 21;
        double sigma = 2;
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            double x = i % side - side / 2;
            double y = i / side - side / 2;
            double ripple = 0.5 + i % 7; // so that sigmaG is not 0
            pixels[i] = (float) (1000 * Math.exp(-(x * x + y * y) / (2 * sigma * sigma)) + ripple);
        }
        Stamp stamp = Stamp.of(1, side, side, pixels);
        // Half of the peak is reached within 2.3548 pixels of the centre, by 21 of them: 2 sqrt(21 / pi).
        assertThat(Feature.FWHM.of(1, PixelQuality.measure(stamp), stamp)).isCloseTo(5.1709, within(1e-4));
        Stamp noise = Stamp.of(1, side, side, new float[side * side]);
        assertThat(Feature.FWHM.of(0, PixelQuality.measure(noise), noise)).isNaN();
    }
}
