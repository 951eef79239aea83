package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layouts and element types of arrays that other programs write, with the shipped model. */
class NumpyFilesTest {
    /** Half a unit of the coarsest type is 1 % of the noise of these stamps. */
    private static final float ROUNDING = 0.02f;

    @TempDir
    private Path folder;

    private static CommandOutput classify(String file, String... options) {
        List<Object> arguments = new ArrayList<>(
                List.of("classify", RealData.folder("faults/npy").resolve(file), "--json"));
        arguments.addAll(List.of(options));
        return CommandOutput.by(arguments.toArray());
    }

    private static List<Float> probabilities(String file, String... options) throws IOException {
        return probabilities(classify(file, options));
    }

    private static List<Float> probabilities(CommandOutput output) throws IOException {
        assertThat(output.err()).isEmpty();
        List<Float> probabilities = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            probabilities.add(
                    new ObjectMapper().readTree(line).get("probability").floatValue());
        }
        return probabilities;
    }

    private static void assertClose(List<Float> actual, List<Float> expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).as("stamp %d", i).isCloseTo(expected.get(i), within(tolerance));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            kbmod_all_stamps_3x12x21x21.npy   | 12 exposures are no coadds; combine them with --coadd-exposures median
            flattened_4_channels_5x1764.npy   | 42x42 pixels (--axes n,yx) or 4 planes of 21x21 (--axes n,cyx)
            single_49x49.npy                  | 49x49 pixels (--axes y,x) or 49 stamps of 7x7 (--axes n,yx)
            """)
    void refusesWhatIsAmbiguousWithTheOptionThatDecides(String file, String remedy) {
        CommandOutput output = classify(file);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out()).isEmpty();
        assertThat(output.err()).contains(file, remedy).hasLineCount(1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            channels_last_5x21x21x1.npy     |                            | control_5x1x21x21.npy
            channels_last_5x21x21x1.npy     | --axes=n,y,x,c             | control_5x1x21x21.npy
            flattened_4_channels_5x1764.npy | --axes=n,cyx               | control_4_channels_5x4x21x21.npy
            kbmod_all_stamps_3x12x21x21.npy | --coadd-exposures=median   | control_median_of_all_stamps_3x1x21x21.npy
            """)
    void readsWhatIsDecidedAsItsControl(String file, String option, String control) throws IOException {
        List<Float> read = option == null ? probabilities(file) : probabilities(file, option);
        assertThat(read).isEqualTo(probabilities(control)).isNotEmpty();
    }

    @Test
    void aSingleStampIsOneCandidate() throws IOException {
        CommandOutput larger = classify("single_49x49.npy", "--axes", "y,x");
        assertThat(larger.out()).hasLineCount(1).contains("\"probability\":");
        assertThat(larger.err()).startsWith("Cropped 1 stamp to the central 21x21 pixels");
        assertThat(probabilities("kbmod_all_stamps_3x12x21x21.npy", "--coadd-exposures", "lower-median"))
                .hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"type_u2_5x1x21x21.npy", "type_f2_5x1x21x21.npy"})
    void readsEveryElementType(String file) throws IOException {
        assertClose(probabilities(file), probabilities("type_i4_5x1x21x21_control.npy"), ROUNDING);
    }

    @Test
    void aZeroOfAnIntegerIsAValue() throws IOException {
        List<Float> zeros = probabilities("int16_true_zeros_offset0_5x1x21x21.npy");
        // The rounding of 100 + x to float is 1e-5 of the noise.
        assertClose(zeros, probabilities("int16_true_zeros_offset100_5x1x21x21.npy"), 1e-3f);
        assertThat(classify("int16_true_zeros_offset0_5x1x21x21.npy").out()).doesNotContain("MASKED");
    }

    /** Noise of 0.8 units, rounded to whole numbers, which are zero in half of the pixels. */
    @Test
    void roundingDoesNotRaiseTheScoresOfNoise() throws IOException {
        Random random = new Random(7);
        float[] noise = new float[200 * 441];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (0.8 * random.nextGaussian());
        }
        List<List<Float>> scores = new ArrayList<>();
        for (float offset : new float[] {Float.NaN, 0, 100}) {
            Path file = folder.resolve("noise" + offset + ".npy");
            float[] pixels = noise.clone();
            for (int i = 0; i < pixels.length && !Float.isNaN(offset); i++) {
                pixels[i] = Math.round(noise[i]) + offset;
            }
            try (NpyWriter writer = NpyWriter.create(file, 21, 21)) {
                writer.write(pixels, 0, 200);
            }
            scores.add(probabilities(CommandOutput.by("classify", file, "--json")));
        }
        assertClose(scores.get(1), scores.get(2), 1e-3f);
        assertThat(mean(scores.get(1))).isLessThan(1.1 * mean(scores.get(0)));
        assertThat(Collections.max(scores.get(1))).isLessThan(Collections.max(scores.get(0)) + 0.1f);
    }

    private static double mean(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }
}
