package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelCheckTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "normalised by {0}")
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void detectsSwappedFilesOfSimulatedStamps(Recipe recipe) throws IOException {
        SimulatedFolder.write(folder, SimulationSettings.standard(), 3, 600, written -> {});
        LabelCheck right = LabelCheck.of(Examples.of(DataFolder.read(folder), recipe), List.of(Plane.MEDIAN), 1);
        assertThat(right.looksSwapped()).isFalse();
        assertThatCode(() -> right.requireRight(false)).doesNotThrowAnyException();
        swap();
        LabelCheck swapped = LabelCheck.of(Examples.of(DataFolder.read(folder), recipe), List.of(Plane.MEDIAN), 1);
        assertThat(swapped.realLikeness()).isEqualTo(right.bogusLikeness());
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> swapped.requireRight(false))
                .withMessageContaining("The labels look swapped")
                .withMessageContaining("--labels-are-right");
        assertThatCode(() -> swapped.requireRight(true)).doesNotThrowAnyException();
    }

    @Test
    void looksAtTheDifferenceOfTriplets() throws IOException {
        List<Plane> planes = List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE);
        // Every bogus stamp shows a star at the centre of science and template.
        SimulationSettings settings = SimulationSettings.standard()
                .withPlanes(planes)
                .withSignalToNoise(6, 20)
                .withBogusWeights(Map.of(CandidateKind.STAR_RESIDUE, 1.0));
        SimulatedFolder.write(folder, settings, 3, 300, written -> {});
        Examples examples = Examples.of(DataFolder.read(folder), Recipe.ASINH_SNR);
        assertThat(LabelCheck.of(examples, planes, 1).looksSwapped()).isFalse();
        List<Plane> firstIsClearest = List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.MEDIAN);
        assertThat(LabelCheck.of(examples, firstIsClearest, 1).looksSwapped()).isTrue();
    }

    @Test
    void rejectsAClassWithoutUsableStamps() {
        Blobs.write(folder, 4, 4, 1);
        float[] masked = new float[21 * 21];
        Arrays.fill(masked, Float.NaN);
        try (NpyWriter writer = NpyWriter.create(folder.resolve(DataFolder.SOURCES), 21, 21)) {
            writer.write(masked, 0, 1);
            writer.write(masked, 0, 1);
        }
        Examples examples = Examples.of(DataFolder.read(folder), Recipe.ASINH_SNR);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> LabelCheck.of(examples, List.of(Plane.MEDIAN), 1))
                .withMessageContaining("Of 6 stamps no real one can be classified");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Split.of(examples, Split.Fractions.STANDARD, 1))
                .withMessageContaining("are not of both classes");
    }

    private void swap() throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(folder.resolve(DataFolder.SOURCES), aside);
        Files.move(folder.resolve(DataFolder.NOISE), folder.resolve(DataFolder.SOURCES));
        Files.move(aside, folder.resolve(DataFolder.NOISE));
    }
}
