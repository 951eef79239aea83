package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final StampShape SHAPE = new StampShape(1, 21);

    @Test
    void leavesOutStampsThatCannotBeClassified() {
        float[] good = noise();
        float[] blank = new float[SHAPE.pixels()];
        float[] masked = noise();
        Arrays.fill(masked, 0, SHAPE.pixels() / 2 + 1, Float.NaN);
        Examples examples = Examples.of(stamps(blank, good, masked, good), Recipe.ASINH_SNR);
        assertThat(examples.size()).isEqualTo(2);
        assertThat(examples.stampIndex(0)).isEqualTo(1);
        assertThat(examples.stampIndex(1)).isEqualTo(3);
    }

    @Test
    void normalisesThePixelsByTheRecipe() {
        float[] raw = noise();
        float[] expected = new float[SHAPE.pixels()];
        Recipe.ASINH_SNR.newNormaliser(1, SHAPE.planePixels()).normalise(raw, 0, expected, 0);
        float[] found = new float[SHAPE.pixels()];
        Examples.of(stamps(raw), Recipe.ASINH_SNR).copyTo(0, found, 0);
        assertThat(found).containsExactly(expected);
    }

    @Test
    void aTeacherMovesTheLabelsHalfOfTheWay() {
        Examples examples = Examples.of(stamps(new float[SHAPE.pixels()], noise(), noise()), Recipe.ASINH_SNR);
        Examples taught = examples.with(SoftLabels.of("teacher", new float[] {0.9f, 0.5f, Float.NaN}));
        float[] labels = new float[4];
        taught.putLabel(0, labels, 0);
        taught.putLabel(1, labels, 2);
        int real = examples.classOf(0);
        assertThat(labels[real]).isEqualTo(0.75f);
        assertThat(labels[1 - real]).isEqualTo(0.25f);
        assertThat(labels[2 + real]).isEqualTo(1);
        assertThat(labels[3 - real]).isZero();
    }

    @Test
    void everyPlaneMustBeUsable() {
        StampShape two = new StampShape(2, 21);
        float[] pixels = new float[two.pixels()];
        System.arraycopy(noise(), 0, pixels, 0, two.planePixels());
        LabelledStamps.Builder builder = new LabelledStamps.Builder(two, 1);
        builder.add(Stamp.of(2, 21, 21, pixels), true, TruthFile.Row.UNKNOWN);
        assertThat(Examples.of(builder.build(), Recipe.ASINH_SNR).size()).isZero();
    }

    @Test
    void aStampHasTheClassOfItsKindOrElseBogus() {
        LabelledStamps.Builder builder = new LabelledStamps.Builder(SHAPE, 4);
        for (String kind : List.of("streak", "cosmic_ray", "", "point_source")) {
            builder.add(
                    Stamp.of(1, 21, 21, noise()),
                    kind.equals("point_source"),
                    new TruthFile.Row("", Double.NaN, kind, Double.NaN, ""));
        }
        LabelledStamps stamps = builder.build();
        Examples three = Examples.of(stamps, Recipe.ASINH_SNR, new ClassNames(List.of("real", "bogus", "streak")));
        assertThat(IntStream.range(0, 4).map(three::classOf)).containsExactly(2, 1, 1, 0);
        assertThat(IntStream.range(0, 4).map(Examples.of(stamps, Recipe.ASINH_SNR)::classOf))
                .containsExactly(0, 0, 0, 1);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Examples.of(stamps, Recipe.ASINH_SNR, new ClassNames(List.of("real", "streak"))))
                .withMessageContaining("kind 'cosmic_ray'; add 'cosmic_ray' or 'bogus'");
    }

    private static LabelledStamps stamps(float[]... pixels) {
        LabelledStamps.Builder builder = new LabelledStamps.Builder(SHAPE, pixels.length);
        for (float[] one : pixels) {
            builder.add(Stamp.of(1, 21, 21, one), true, TruthFile.Row.UNKNOWN);
        }
        return builder.build();
    }

    private static float[] noise() {
        Random random = new Random(4);
        float[] pixels = new float[SHAPE.pixels()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }
}
